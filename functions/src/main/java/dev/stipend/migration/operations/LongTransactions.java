package dev.stipend.migration.operations;

import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Transactions that keep their locks, and keep vacuum from clearing away dead rows. Prepared ones
/// do so without a session.
final class LongTransactions {
  static final Section.Heading HEADING =
      new Section.Heading(
          "longTransactions",
          "Long transactions",
          "PID",
          "APPLICATION",
          "USER",
          "STATE",
          "SINCE",
          "FOR");

  /// A transaction.
  ///
  /// @param pid empty for a prepared one, whose application is its name
  record Line(
      Optional<Long> pid,
      String application,
      String user,
      String state,
      Instant since,
      long seconds)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("pid", pid)
          .with("application", application)
          .with("user", user)
          .with("state", state)
          .with("since", since)
          .with("seconds", seconds)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(
          pid.map(String::valueOf).orElse(""),
          application,
          user,
          state,
          since.toString(),
          Measures.seconds(seconds));
    }
  }

  private LongTransactions() {}

  /// Those that are at least this old.
  static Section<Line> of(Connection connection, Duration age, Redaction redaction)
      throws SQLException {
    return HEADING.counted(
        Query.rows(
            connection,
            """
            SELECT pid, application, owner, state, %s, %s AS seconds, count(*) OVER ()
            FROM (
              SELECT pid, application_name AS application, usename AS owner, state, xact_start AS started
              FROM pg_stat_activity
              WHERE datname = current_database()
                AND pid <> pg_backend_pid()
                AND backend_type = 'client backend'
              UNION ALL
              SELECT NULL, gid, owner, 'prepared', prepared
              FROM pg_prepared_xacts
              WHERE database = current_database()) AS open
            WHERE started <= clock_timestamp() - make_interval(secs => ?)
            ORDER BY started, pid
            LIMIT %d
            """
                .formatted(
                    Measures.epoch("started"), Measures.secondsSince("started"), Section.MOST),
            age.toSeconds()),
        row ->
            new Line(
                Measures.number(row, 0),
                redaction.of(row.text(1)),
                row.text(2),
                row.text(3),
                Instant.ofEpochSecond(row.number(4)),
                row.number(5)));
  }
}
