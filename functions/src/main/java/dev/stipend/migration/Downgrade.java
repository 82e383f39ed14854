package dev.stipend.migration;

import dev.stipend.migration.check.MadeObjects;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.drift.UnfinishedRun;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.history.HistoryTable;
import dev.stipend.migration.history.VersionWords;
import dev.stipend.migration.report.Progress;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/// Undoes migrations with their U files, newest first, each in one transaction with the removal of
/// its row in the history. What it undoes is gone with its data, so production asks for the name of
/// the database.
final class Downgrade {
  private record Step(MigrationInfo migration, Script script) {}

  private final Run run;

  Downgrade(Run run) {
    this.run = run;
  }

  /// What would run, without running it.
  List<PlannedMigration> plan() {
    List<Step> steps = steps(run.standing());
    run.draft().warnings.addAll(losses(steps));
    return steps.stream()
        .map(step -> Plan.shown(HistoryState.name(step.migration()), step.script()))
        .toList();
  }

  /// The caller has the lock.
  void run() throws SQLException {
    HistoryState standing = run.standing();
    run.draft().standing(standing);
    List<Step> steps = steps(standing);
    guard(losses(steps));
    refuseDrift();
    for (MigrationProblem problem :
        Boundary.problems(run, steps.stream().map(Step::script).toList())) {
      throw new StoppedException(problem);
    }
    for (Step step : steps) {
      run.context().check();
      if (!run.budget().hasFor(java.time.Duration.ZERO)) {
        throw new StoppedException(
            RunOutcome.STOPPED_IN_TIME, "Time ran out; run downgrade again to continue.");
      }
      undo(step);
      run.draft().applied.add(HistoryState.name(step.migration()));
    }
    Optional<String> version = run.history().version();
    run.draft().version(version);
    new FingerprintStore(run).take(version);
    run.draft()
        .end(
            RunOutcome.DONE,
            "%s undone; the schema is at %s."
                .formatted(CountedNoun.of(steps.size(), "migration"), HistoryState.said(version)));
  }

  /// What will be missing although the migrations are undone.
  private static List<String> losses(List<Step> steps) {
    return steps.stream()
        .flatMap(
            step ->
                step.script().loss().stream()
                    .map(
                        loss ->
                            "Undoing %s does not bring everything back: %s."
                                .formatted(HistoryState.name(step.migration()), loss)))
        .toList();
  }

  private void guard(List<String> losses) throws SQLException {
    String database = Query.row(run.connection(), "SELECT current_database()").text(0);
    Optional<String> confirmed = run.request().text(Option.CONFIRM);
    if (!run.environment().isHarmless() && !confirmed.equals(Optional.of(database))) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "Undoing migrations deletes what they made, and %s. Repeat it with --confirm %s if you mean that."
              .formatted(run.environment().described(), database));
    }
    if (!losses.isEmpty() && !confirmed.equals(Optional.of(database))) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "%s Repeat it with --confirm %s if you mean that."
              .formatted(String.join(" ", losses), database));
    }
    run.draft().warnings.addAll(losses);
  }

  /// What somebody else changed would go unseen into what the schema is compared with from then on.
  private void refuseDrift() throws SQLException {
    List<Difference> drift = new FingerprintStore(run).differences();
    run.draft().differences.addAll(drift);
    if (!drift.isEmpty() && !run.request().has(Option.ALLOW_DRIFT)) {
      throw new StoppedException(
          RunOutcome.DRIFTED,
          "The schema was changed by something other than migrations: %s. Undo it, or run downgrade --allow-drift, or diff --accept."
              .formatted(
                  drift.stream().map(Difference::sentence).collect(Collectors.joining("; "))));
    }
  }

  private List<Step> steps(HistoryState standing) {
    if (run.set().isPrisma()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "Prisma has no down files: undo a migration with a new one, or bring the database back"
              + " from a backup.");
    }
    ScriptReader reader = run.flyway().scripts();
    List<Step> steps = new ArrayList<>();
    for (MigrationInfo migration : chosen(standing)) {
      String undo = Script.undoName(migration.getScript());
      Script script =
          run.set()
              .files()
              .undo(migration.getScript())
              .map(reader::read)
              .orElseThrow(
                  () ->
                      new StoppedException(
                          RunOutcome.REFUSED,
                          "There is no %s to undo %s with; write it, or use the build that has it."
                              .formatted(undo, HistoryState.name(migration))));
      steps.add(new Step(migration, script));
    }
    return steps;
  }

  private List<MigrationInfo> chosen(HistoryState standing) {
    String target = run.request().parameter().orElse("-1");
    List<MigrationInfo> applied = standing.appliedNewestFirst();
    if (target.matches("-[1-9][0-9]{0,8}")) {
      return newest(applied, target);
    }
    if (target.equals("base")) {
      return applied;
    }
    Optional<MigrationVersion> last =
        VersionWords.version(run.set(), standing, target)
            .filter(
                version ->
                    standing.find(version).filter(each -> each.getState().isApplied()).isPresent())
            .map(MigrationVersion::fromVersion);
    if (last.isPresent()) {
      return applied.stream().filter(each -> each.getVersion().compareTo(last.get()) > 0).toList();
    }
    throw new StoppedException(
        RunOutcome.USAGE,
        "%s is not a target; give -n, base, or the version of an applied migration%s."
            .formatted(target, VersionWords.known(run.set())));
  }

  /// More than there are is a mistake in the number, and too much is lost by mistakes.
  private static List<MigrationInfo> newest(List<MigrationInfo> applied, String target) {
    int steps = Integer.parseInt(target.substring(1));
    if (steps > applied.size()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          applied.isEmpty()
              ? "There is no migration to undo: none is applied."
              : "%s is more than there are: %d migrations are applied; give -%d at most, or base to undo all."
                  .formatted(target, applied.size(), applied.size()));
    }
    return applied.subList(0, steps);
  }

  private void undo(Step step) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        once(step);
        return;
      } catch (SQLException failure) {
        boolean passing = Deploy.isPassing(failure);
        if (!passing || !step.script().transactional() || attempt == Deploy.ATTEMPTS) {
          throw new StoppedException(
              RunOutcome.MIGRATION_FAILED,
              FailureText.of(step.script().file(), 0, step.script().transactional(), failure));
        }
      }
    }
  }

  private void once(Step step) throws SQLException {
    Connection connection = run.connection();
    OutsideObjects outside = OutsideObjects.of(connection, run.set().schema());
    MadeObjects made = new MadeObjects(run);
    made.look();
    run.path().set(connection);
    connection.setAutoCommit(!step.script().transactional());
    try {
      for (Script.Statement statement : step.script().statements()) {
        statement.execute(connection);
      }
      if (step.script().transactional()) {
        refuse(step.script().file(), outside.touched(connection));
      }
      made.note();
      new UnfinishedRun(run).remove(step.migration().getScript());
      run.history().delete(step.migration().getVersion().getVersion());
      run.history().deleteRepeatable();
      // What is undone may have taken sample data along.
      new HistoryTable(connection, run.set().withTable(run.set().kept().seeds()))
          .deleteRepeatable();
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  private void refuse(String file, Set<String> touched) {
    if (!touched.isEmpty()) {
      throw new StoppedException(
          RunOutcome.MIGRATION_FAILED, Progress.trespass(file, run.set().schema(), touched));
    }
  }
}
