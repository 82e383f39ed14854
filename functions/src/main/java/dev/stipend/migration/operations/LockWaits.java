package dev.stipend.migration.operations;

import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who waits for a lock, and whom for. Their queries are not shown: they have values in them.
final class LockWaits {
  static final Section.Heading HEADING =
      new Section.Heading(
          "blockedSessions",
          "Blocked sessions",
          "PID",
          "APPLICATION",
          "WAITS FOR",
          "OF",
          "FOR",
          "BLOCKED BY",
          "APPLICATION",
          "STATE",
          "IN TRANSACTION FOR");

  /// A session that waits, and one of those that it waits for.
  ///
  /// @param lock its mode
  /// @param target what it is of: a table, a row of a table, or the kind of lock
  /// @param blockingPid empty for a prepared transaction
  /// @param blockingState empty if this role may not see it
  record Line(
      long pid,
      String application,
      String user,
      String lock,
      String target,
      long waitingSeconds,
      Optional<Long> blockingPid,
      Optional<String> blockingApplication,
      Optional<String> blockingUser,
      Optional<String> blockingState,
      Optional<Long> blockingTransactionSeconds)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("pid", pid)
          .with("application", application)
          .with("user", user)
          .with("lock", lock)
          .with("target", target)
          .with("waitingSeconds", waitingSeconds)
          .with("blockingPid", blockingPid)
          .with("blockingApplication", blockingApplication)
          .with("blockingUser", blockingUser)
          .with("blockingState", blockingState)
          .with("blockingTransactionSeconds", blockingTransactionSeconds)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(
          String.valueOf(pid),
          application,
          lock,
          target,
          Measures.seconds(waitingSeconds),
          blockingPid.map(String::valueOf).orElse("prepared transaction"),
          blockingApplication.orElse(""),
          blockingState.orElse(""),
          Measures.secondsOr(blockingTransactionSeconds));
    }
  }

  private LockWaits() {}

  static Section<Line> of(Connection connection, Redaction redaction) throws SQLException {
    return HEADING.counted(
        Query.rows(
            connection,
            """
            SELECT l.pid, a.application_name, a.usename, l.mode,
              coalesce(
                (SELECT format('%%I.%%I', n.nspname, c.relname)
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = l.relation),
                (SELECT format('a row of %%I.%%I', n.nspname, c.relname)
                  FROM pg_locks o
                  JOIN pg_class c ON c.oid = o.relation
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE o.pid = l.pid AND o.locktype = 'tuple' AND o.granted
                  LIMIT 1),
                l.locktype),
              coalesce(%s, %s, 0) AS seconds,
              nullif(b.pid, 0), ba.application_name, ba.usename, ba.state, %s,
              count(*) OVER ()
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            CROSS JOIN LATERAL (SELECT DISTINCT unnest(pg_blocking_pids(l.pid)) AS pid) b
            LEFT JOIN pg_stat_activity ba ON ba.pid = b.pid
            WHERE NOT l.granted
              AND a.datname = current_database()
            ORDER BY seconds DESC, l.pid, b.pid
            LIMIT %d
            """
                .formatted(
                    Measures.secondsSince("l.waitstart"),
                    Measures.secondsSince("a.state_change"),
                    Measures.secondsSince("ba.xact_start"),
                    Section.MOST)),
        row ->
            new Line(
                row.number(0),
                redaction.of(row.text(1)),
                row.text(2),
                row.text(3),
                row.text(4),
                row.number(5),
                Measures.number(row, 6),
                row.optional(7).map(redaction::of),
                row.optional(8),
                row.optional(9),
                Measures.number(row, 10)));
  }
}
