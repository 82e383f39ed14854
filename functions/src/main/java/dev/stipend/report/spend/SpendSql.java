package dev.stipend.report.spend;

import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.time.Period;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A query as the one statement that answers it.
///
/// Its rows are the figures of each listed group in each interval, by the group's `place`
/// from 1 on, with the values of its dimensions in `k1` to `k3`. Place 0 sums the groups of earlier
/// pages, and the place after the last one those of later pages.
///
/// @param text the statement
/// @param parameters the values of its parameters, in their order
record SpendSql(String text, List<Parameter> parameters) {
  /// The value of a parameter.
  @FunctionalInterface
  interface Parameter {
    void bind(PreparedStatement statement, int position) throws SQLException;
  }

  static SpendSql of(UUID workspace, SpendQuery query) {
    List<Parameter> parameters = new ArrayList<>();
    String rows =
        QuerySegment.of(query).stream()
            .map(piece -> rows(workspace, query, piece, parameters))
            .collect(Collectors.joining("UNION ALL\n"));
    parameters.add((statement, at) -> statement.setInt(at, query.after()));
    parameters.add((statement, at) -> statement.setInt(at, query.limit() + 1));
    return new SpendSql(
        """
        WITH counted AS (
            SELECT bucket, %s, sum(cost) AS cost, sum(requests) AS requests, sum(unpriced) AS unpriced,
              sum(input_tokens) AS input_tokens, sum(cached_input_tokens) AS cached_input_tokens,
              sum(output_tokens) AS output_tokens
            FROM (
                %s) AS piece
            GROUP BY bucket%s),
          weighed AS (
            SELECT counted.*, sum(cost) OVER (PARTITION BY k1, k2, k3) AS weight
            FROM counted),
          ranked AS (
            SELECT weighed.*,
              dense_rank() OVER (ORDER BY weight DESC, k1 COLLATE "C", k2 COLLATE "C", k3 COLLATE "C") AS rank
            FROM weighed)
        SELECT least(greatest(rank - ?, 0), ?) AS place, bucket, min(k1) AS k1, min(k2) AS k2, min(k3) AS k3,
          sum(cost) AS cost,
          CAST(sum(requests) AS bigint) AS requests,
          CAST(sum(unpriced) AS bigint) AS unpriced,
          CAST(sum(input_tokens) AS bigint) AS input_tokens,
          CAST(sum(cached_input_tokens) AS bigint) AS cached_input_tokens,
          CAST(sum(output_tokens) AS bigint) AS output_tokens
        FROM ranked
        GROUP BY place, bucket
        ORDER BY place, bucket
        """
            .formatted(named(query), rows, grouped(query)),
        parameters);
  }

  /// The names of all dimensions; those that are not asked for are empty.
  private static String named(SpendQuery query) {
    return IntStream.rangeClosed(1, SpendQuery.MOST_DIMENSIONS)
        .mapToObj(i -> i <= query.groupBy().size() ? "k" + i : "CAST('' AS text) AS k" + i)
        .collect(Collectors.joining(", "));
  }

  /// Only what tells groups apart: of more, PostgreSQL takes there to be more groups than it can
  /// keep in memory, and sorts.
  private static String grouped(SpendQuery query) {
    return IntStream.rangeClosed(1, query.groupBy().size())
        .mapToObj(", k%d"::formatted)
        .collect(Collectors.joining());
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).bind(statement, i + 1);
    }
  }

  /// The rows of a piece. The bounds of intervals come as instants that the calendar has made, so
  /// that the database needs to know nothing of time zones.
  private static String rows(
      UUID workspace, SpendQuery query, QuerySegment piece, List<Parameter> parameters) {
    parameters.add(
        (statement, at) ->
            new ArrayBinder<>(statement, at, query.intervals()).instants(Period::start));
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < query.groupBy().size(); i++) {
      keys.append("%s AS k%d, ".formatted(value(query.groupBy().get(i), parameters), i + 1));
    }
    parameters.add((statement, at) -> statement.setObject(at, workspace));
    parameters.add(
        (statement, at) -> statement.setObject(at, Instants.parameter(piece.range().start())));
    parameters.add(
        (statement, at) -> statement.setObject(at, Instants.parameter(piece.range().end())));
    return """
    SELECT width_bucket(%s, CAST(? AS timestamptz[])) AS bucket, %s%s,
      u.input_tokens, u.cached_input_tokens, u.output_tokens
    FROM %s u
    WHERE u.workspace_id = ?
      AND %s >= ?
      AND %s < ?
    %s\
    """
        .formatted(
            piece.time(),
            keys,
            piece.figures(),
            piece.table(),
            piece.time(),
            piece.time(),
            conditions(query.filters(), parameters));
  }

  private static String conditions(
      Map<Dimension, List<String>> filters, List<Parameter> parameters) {
    StringBuilder conditions = new StringBuilder();
    filters.forEach(
        (dimension, values) -> {
          conditions
              .append("  AND ")
              .append(value(dimension, parameters))
              .append(" = ANY (CAST(? AS text[]))\n");
          parameters.add(
              (statement, at) -> new ArrayBinder<>(statement, at, values).texts(value -> value));
        });
    return conditions.toString();
  }

  private static String value(Dimension dimension, List<Parameter> parameters) {
    return switch (dimension) {
      case Dimension.Column column -> "u." + column.sqlName();
      case Dimension.Tag tag -> {
        parameters.add((statement, at) -> statement.setString(at, tag.key()));
        yield "coalesce(u.tags ->> CAST(? AS text), '')";
      }
    };
  }
}
