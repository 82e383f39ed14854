package dev.stipend.migration.report;

import dev.stipend.migration.PlannedMigration;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.Verb;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.NamedCheck;
import dev.stipend.migration.database.DatabaseLocation;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.LintFinding;
import dev.stipend.migration.operations.OperationsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A report while the run is on.
public final class ReportDraft {
  private final Verb verb;
  private String set = MigrationSet.CORE;
  private String schema = MigrationSet.CORE_SCHEMA;
  private RunOutcome outcome = RunOutcome.DONE;
  private String message = "Done.";
  private Optional<String> version = Optional.empty();
  private Optional<String> required = Optional.empty();
  private Optional<String> holder = Optional.empty();
  private Optional<DatabaseLocation> place = Optional.empty();
  private Optional<OperationsReport> operations = Optional.empty();
  public final List<String> tables = new ArrayList<>();
  public final List<String> preparation = new ArrayList<>();
  public final List<String> applied = new ArrayList<>();
  public final List<String> pending = new ArrayList<>();
  public final List<MigrationReport.HistoryLine> history = new ArrayList<>();
  public final List<PlannedMigration> plan = new ArrayList<>();
  public final List<LintFinding> findings = new ArrayList<>();
  public final List<Difference> differences = new ArrayList<>();
  public final List<NamedCheck> checks = new ArrayList<>();
  public final List<MigrationProblem> problems = new ArrayList<>();
  public final List<String> warnings = new ArrayList<>();

  public ReportDraft(Verb verb) {
    this.verb = verb;
  }

  public String message() {
    return message;
  }

  public RunOutcome outcome() {
    return outcome;
  }

  public void of(MigrationSet about) {
    set = about.name();
    schema = about.schema();
  }

  public void standing(HistoryState standing) {
    version = standing.version();
    required = standing.newest();
  }

  public void version(Optional<String> now) {
    version = now;
  }

  public void at(DatabaseLocation where) {
    place = Optional.of(where);
  }

  public void holder(String who) {
    holder = Optional.of(who);
  }

  public void operations(OperationsReport found) {
    operations = Optional.of(found);
  }

  public void end(RunOutcome how, String sentence) {
    outcome = how;
    message = sentence;
  }

  public void end(StoppedException stopped) {
    stopped.problem().filter(problem -> !problems.contains(problem)).ifPresent(problems::add);
    end(stopped.outcome(), String.valueOf(stopped.getMessage()));
  }

  public MigrationReport report(Redaction redaction) {
    return new MigrationReport(
        verb.label(),
        set,
        schema,
        place.map(DatabaseLocation::host),
        place.map(DatabaseLocation::database),
        outcome,
        redaction.of(message),
        version,
        required,
        List.copyOf(applied),
        List.copyOf(pending),
        List.copyOf(history),
        List.copyOf(tables),
        List.copyOf(preparation),
        List.copyOf(plan),
        List.copyOf(findings),
        List.copyOf(differences),
        List.copyOf(checks),
        problems.stream()
            .map(
                problem ->
                    new MigrationProblem(
                        problem.kind(), redaction.of(problem.cause()), redaction.of(problem.fix())))
            .toList(),
        warnings.stream().map(redaction::of).toList(),
        holder,
        operations);
  }
}
