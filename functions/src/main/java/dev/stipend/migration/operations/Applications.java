package dev.stipend.migration.operations;

import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The connections of each application to this database, and those that do nothing.
final class Applications {
  static final Section.Heading HEADING =
      new Section.Heading(
          "applications",
          "Connections by application",
          "APPLICATION",
          "CONNECTIONS",
          "IDLE",
          "LONGEST",
          "IDLE IN TRANSACTION",
          "LONGEST");

  /// An application.
  ///
  /// @param application the name that it gives itself; empty if it gives none
  /// @param idleInTransaction connections whose transaction is open while nothing runs
  record Line(
      String application,
      long connections,
      long idle,
      Optional<Long> longestIdleSeconds,
      long idleInTransaction,
      Optional<Long> longestIdleInTransactionSeconds)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("application", application)
          .with("connections", connections)
          .with("idle", idle)
          .with("longestIdleSeconds", longestIdleSeconds)
          .with("idleInTransaction", idleInTransaction)
          .with("longestIdleInTransactionSeconds", longestIdleInTransactionSeconds)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(
          application.isEmpty() ? "unnamed" : application,
          String.valueOf(connections),
          String.valueOf(idle),
          Measures.secondsOr(longestIdleSeconds),
          String.valueOf(idleInTransaction),
          Measures.secondsOr(longestIdleInTransactionSeconds));
    }
  }

  private Applications() {}

  static Section<Line> of(Connection connection, Redaction redaction) throws SQLException {
    List<Query.Row> found =
        Query.rows(
            connection,
            """
            SELECT application_name,
              count(*) AS connections,
              count(*) FILTER (WHERE state = 'idle') AS idle,
              max(%1$s) FILTER (WHERE state = 'idle'),
              count(*) FILTER (WHERE state LIKE 'idle in transaction%%') AS in_transaction,
              max(%1$s) FILTER (WHERE state LIKE 'idle in transaction%%'),
              CAST(sum(count(*) FILTER (WHERE state IS NULL)) OVER () AS bigint),
              current_user,
              count(*) OVER ()
            FROM pg_stat_activity
            WHERE datname = current_database()
              AND usesysid IS NOT NULL
              AND coalesce(backend_type, 'client backend') = 'client backend'
              AND pid <> pg_backend_pid()
            GROUP BY application_name
            ORDER BY in_transaction DESC, idle DESC, connections DESC, application_name
            LIMIT %2$d
            """
                .formatted(Measures.secondsSince("state_change"), Section.MOST));
    Section<Line> section =
        HEADING.counted(
            found,
            row ->
                new Line(
                    redaction.of(row.text(0)),
                    row.number(1),
                    row.number(2),
                    Measures.number(row, 3),
                    row.number(4),
                    Measures.number(row, 5)));
    long hidden = found.isEmpty() ? 0 : found.getFirst().number(6);
    return hidden == 0
        ? section
        : section.noted(
            Optional.of(
                "%1$s may not see the state of %2$s of other roles, nor their transactions; GRANT pg_read_all_stats TO %1$s."
                    .formatted(found.getFirst().text(7), CountedNoun.of(hidden, "connection"))));
  }
}
