package dev.stipend.migration.check;

import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.Plan;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.database.MigrationLock;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.LintRule;
import dev.stipend.migration.report.ReportDraft;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks at what stands in the way of a deploy, and takes one thing out of it: our own dead
/// session.
public final class Doctor {
  public static final Duration LONG = Duration.ofMinutes(1);

  /// A session of ours that has asked for nothing for so long has lost its client.
  public static final Duration DEAD = Duration.ofMinutes(1);

  private final Run run;

  public Doctor(Run run) {
    this.run = run;
  }

  /// Everything that was found; the caller has made the preflight.
  public void examine(List<MigrationProblem> preflight) throws SQLException {
    ReportDraft draft = run.draft();
    draft.problems.addAll(preflight);
    draft.problems.addAll(longTransactions(run.connection(), run.set().schema(), LONG));
    holder().ifPresent(holder -> draft.holder(holder.described()));
    AlembicRevision.sentence(run.connection(), run.set().schema()).ifPresent(draft.warnings::add);
    if (preflight.isEmpty()) {
      files();
    } else if (preflight.stream()
        .allMatch(problem -> problem.kind() == MigrationProblem.Kind.HISTORY_TABLES)) {
      draft.problems.addAll(new Plan(run, run.standing()).requirements());
    }
    if (!draft.problems.isEmpty()) {
      MigrationProblem first = draft.problems.getFirst();
      draft.end(new StoppedException(first));
      return;
    }
    draft.end(
        RunOutcome.DONE,
        draft.pending.isEmpty()
            ? "Everything that migrations need is in place."
            : "Everything that migrations need is in place. %s pending; run deploy."
                .formatted(CountedNoun.of(draft.pending.size(), "migration is", "migrations are")));
  }

  /// What the pending files need, and do not find.
  private void files() throws SQLException {
    HistoryState standing = run.standing();
    run.draft().standing(standing);
    run.draft().pending.addAll(HistoryState.names(standing.pending()));
    Plan plan = new Plan(run, standing);
    run.draft().problems.addAll(plan.obstacles());
    plan.findings().stream()
        .filter(finding -> finding.rule().equals(LintRule.EXTENSION.label()))
        .map(
            finding ->
                new MigrationProblem(
                    MigrationProblem.Kind.EXTENSION,
                    "%s line %d: %s.".formatted(finding.file(), finding.line(), finding.message()),
                    "Then run doctor again."))
        .forEach(run.draft().problems::add);
  }

  /// Sessions whose transaction is old and has locks in the schema: migrations would wait for them.
  public static List<MigrationProblem> longTransactions(
      Connection connection, String schema, Duration age) throws SQLException {
    return Query.rows(
            connection,
            """
            SELECT DISTINCT a.pid, coalesce(nullif(a.application_name, ''), 'unnamed'),
              CAST(extract(epoch FROM clock_timestamp() - a.xact_start) AS bigint)
            FROM pg_stat_activity a
            JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'relation'
            JOIN pg_class c ON c.oid = l.relation AND c.relnamespace = to_regnamespace(quote_ident(?))
            WHERE a.datname = current_database()
              AND a.pid <> pg_backend_pid()
              AND a.xact_start < clock_timestamp() - make_interval(secs => ?)
            ORDER BY a.pid
            """,
            schema,
            age.toSeconds())
        .stream()
        .map(
            row ->
                new MigrationProblem(
                    MigrationProblem.Kind.LONG_TRANSACTION,
                    "Process %s (%s) has kept a transaction on schema %s open for %s s."
                        .formatted(row.text(0), row.text(1), schema, row.text(2)),
                    "Let it end, or SELECT pg_terminate_backend(%s).".formatted(row.text(0))))
        .toList();
  }

  /// Ends the session that holds the lock.
  ///
  /// @param dead for how long a session of ours has to have been silent to be ended
  public void unlock(Duration dead) throws SQLException {
    Optional<MigrationLock.Holder> holder = holder();
    if (holder.isEmpty()) {
      run.draft().end(RunOutcome.DONE, "Nobody holds the lock.");
      return;
    }
    MigrationLock.Holder found = holder.get();
    run.draft().holder(found.described());
    if (!found.application().startsWith(Session.APPLICATION)) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "The lock is held by %s, which is not a migrator of Stipend; ask its owner."
              .formatted(found.described()));
    }
    if (found.idleSeconds() < dead.toSeconds()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "The lock is held by %s, which is running; wait for it.".formatted(found.described()));
    }
    MigrationLock.end(run.connection(), found);
    run.draft()
        .end(
            RunOutcome.DONE,
            "Ended %s, which had been idle for %d s; the lock is free."
                .formatted(found.described(), found.idleSeconds()));
  }

  private Optional<MigrationLock.Holder> holder() throws SQLException {
    return new MigrationLock(run.session(), run.set()).holder();
  }
}
