package dev.stipend.migration.operations;

import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.lint.SqlText;
import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The queries that take longest on average, as `pg_stat_statements` has them: with `$1` for each
/// value. It keeps values where it does not know the statement (`ALTER ROLE … PASSWORD`) or has
/// forgotten it meanwhile, so only statements about data are shown, and values in them go.
final class SlowQueries {
  static final Section.Heading HEADING =
      new Section.Heading(
          "slowQueries", "Slow queries", "MEAN", "MAX", "TOTAL", "CALLS", "ROWS", "QUERY");

  static final int SLOW_MILLISECONDS = 100;
  private static final int LONGEST = 500;
  private static final int READ = 200;
  private static final String NO_COLUMN = "42703";
  private static final String HIDDEN = "<insufficient privilege>";
  private static final Pattern ABOUT_DATA =
      Pattern.compile(
          "(?i)^\\(*\\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|VALUES|COPY|CALL)\\b.*");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{L}\\p{N}_$.])\\d[\\p{L}\\p{N}_.]*");
  private static final String VALUE = "?";

  /// A query.
  ///
  /// @param query without values, its beginning if it is long
  record Line(
      String query,
      long calls,
      long rows,
      double totalMilliseconds,
      double meanMilliseconds,
      double maxMilliseconds)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("query", query)
          .with("calls", calls)
          .with("rows", rows)
          .with("totalMilliseconds", totalMilliseconds)
          .with("meanMilliseconds", meanMilliseconds)
          .with("maxMilliseconds", maxMilliseconds)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(
          Measures.milliseconds(meanMilliseconds),
          Measures.milliseconds(maxMilliseconds),
          Measures.milliseconds(totalMilliseconds),
          String.valueOf(calls),
          String.valueOf(rows),
          query);
    }
  }

  private SlowQueries() {}

  static Section<Line> of(Connection connection, Redaction redaction) throws SQLException {
    List<Query.Row> installed =
        Query.rows(
            connection,
            """
            SELECT quote_ident(n.nspname)
            FROM pg_extension e
            JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'pg_stat_statements'
            """);
    boolean isLoaded =
        Query.row(connection, "SELECT current_setting('pg_stat_statements.max', TRUE)")
            .optional(0)
            .isPresent();
    if (installed.isEmpty() || !isLoaded) {
      return HEADING.unread(howToHaveThem(installed.isEmpty(), isLoaded));
    }
    try {
      return section(read(connection, installed.getFirst().text(0)), redaction);
    } catch (SQLException failure) {
      if (FailureCause.hasState(failure, NO_COLUMN)) {
        return HEADING.unread(
            "pg_stat_statements is of an older server; run ALTER EXTENSION pg_stat_statements"
                + " UPDATE in this database.");
      }
      throw failure;
    }
  }

  private static String howToHaveThem(boolean isMissing, boolean isLoaded) {
    return "pg_stat_statements is not %s%s%s."
        .formatted(
            isMissing ? "installed" : "loaded",
            isLoaded
                ? ""
                : "; add it to shared_preload_libraries and restart the server"
                    + " (a parameter group on RDS, nothing to do on Neon)",
            isMissing ? "; run CREATE EXTENSION pg_stat_statements in this database" : "");
  }

  private static List<Query.Row> read(Connection connection, String schema) throws SQLException {
    return Query.rows(
        connection,
        """
        SELECT left(s.query, 10000), s.calls, s.rows, s.total_exec_time, s.mean_exec_time, s.max_exec_time
        FROM %s.pg_stat_statements s
        WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND s.mean_exec_time >= %d
        ORDER BY s.mean_exec_time DESC, s.queryid
        LIMIT %d
        """
            .formatted(schema, SLOW_MILLISECONDS, READ));
  }

  private static Section<Line> section(List<Query.Row> found, Redaction redaction) {
    List<Line> lines =
        found.stream()
            .map(row -> line(row, redaction))
            .filter(line -> ABOUT_DATA.matcher(line.query()).matches())
            .toList();
    long hidden = found.stream().filter(row -> row.text(0).equals(HIDDEN)).count();
    return new Section<>(
        HEADING,
        lines.size(),
        lines.stream().limit(Section.MOST).toList(),
        hidden == 0
            ? Optional.empty()
            : Optional.of(
                "%s of other roles not shown; GRANT pg_read_all_stats to see them."
                    .formatted(CountedNoun.of(hidden, "query", "queries"))));
  }

  private static Line line(Query.Row row, Redaction redaction) {
    return new Line(
        redaction.of(withoutValues(row.text(0))),
        row.number(1),
        row.number(2),
        Double.parseDouble(row.text(3)),
        Double.parseDouble(row.text(4)),
        Double.parseDouble(row.text(5)));
  }

  /// The statement without comments, texts and numbers. Where a text may end at another place than
  /// it seems, because it has a backslash, nothing more is shown.
  static String withoutValues(String query) {
    int backslash = query.indexOf('\\');
    String known = backslash < 0 ? query : query.substring(0, backslash);
    String plain = NUMBER.matcher(SqlText.plain(known).replace("''", VALUE)).replaceAll(VALUE);
    return plain.length() > LONGEST || backslash >= 0
        ? plain.substring(0, Math.min(plain.length(), LONGEST)) + "…"
        : plain;
  }
}
