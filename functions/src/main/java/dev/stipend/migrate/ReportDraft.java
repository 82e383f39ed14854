package dev.stipend.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A report while the run is on.
final class ReportDraft {
  private final Verb verb;
  private String set = MigrationSet.CORE;
  private String schema = MigrationSet.CORE_SCHEMA;
  private Outcome outcome = Outcome.DONE;
  private String message = "Done.";
  private Optional<String> version = Optional.empty();
  private Optional<String> required = Optional.empty();
  private Optional<String> holder = Optional.empty();
  private Optional<Place> place = Optional.empty();
  final List<String> tables = new ArrayList<>();
  final List<String> preparation = new ArrayList<>();
  final List<String> applied = new ArrayList<>();
  final List<String> pending = new ArrayList<>();
  final List<MigrationReport.HistoryLine> history = new ArrayList<>();
  final List<PlannedMigration> plan = new ArrayList<>();
  final List<LintFinding> findings = new ArrayList<>();
  final List<Difference> differences = new ArrayList<>();
  final List<Problem> problems = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();

  ReportDraft(Verb verb) {
    this.verb = verb;
  }

  Outcome outcome() {
    return outcome;
  }

  void of(MigrationSet about) {
    set = about.name();
    schema = about.schema();
  }

  void standing(Standing standing) {
    version = standing.version();
    required = standing.newest();
  }

  void version(Optional<String> now) {
    version = now;
  }

  void at(Place where) {
    place = Optional.of(where);
  }

  void holder(String who) {
    holder = Optional.of(who);
  }

  void end(Outcome how, String sentence) {
    outcome = how;
    message = sentence;
  }

  void end(StoppedException stopped) {
    stopped.problem().filter(problem -> !problems.contains(problem)).ifPresent(problems::add);
    end(stopped.outcome(), String.valueOf(stopped.getMessage()));
  }

  MigrationReport report(Redaction redaction) {
    return new MigrationReport(
        verb.label(),
        set,
        schema,
        place.map(Place::host),
        place.map(Place::database),
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
        problems.stream()
            .map(
                problem ->
                    new Problem(
                        problem.kind(), redaction.of(problem.cause()), redaction.of(problem.fix())))
            .toList(),
        warnings.stream().map(redaction::of).toList(),
        holder);
  }
}
