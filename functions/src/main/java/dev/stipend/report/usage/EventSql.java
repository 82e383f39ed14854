package dev.stipend.report.usage;

import dev.stipend.platform.sql.Statements;
import dev.stipend.report.spend.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A query as the statement that answers it.
///
/// @param text the statement
/// @param values of its parameters, in their order
record EventSql(String text, List<Object> values) {
  /// The rows that a page may look at, newest first. One more bound would let PostgreSQL, where it
  /// does not know the values, take the range for a short one, and sort all of it.
  private static final String ROWS =
      """
      SELECT %s
      FROM stipend.usage_logs u
      WHERE u.workspace_id = ?
        AND u.occurred_at >= ?
        AND (u.occurred_at, u.event_id) < (?, ?)
      ORDER BY u.occurred_at DESC, u.event_id DESC
      """;

  /// The events of a page, and one more where there is another.
  ///
  /// @param rows how many rows may be looked at
  static EventSql page(UUID workspace, EventQuery query, int rows) {
    List<Object> values = range(workspace, query);
    StringBuilder conditions = new StringBuilder("TRUE");
    query
        .filters()
        .forEach(
            (dimension, wanted) -> {
              conditions.append("\n  AND ");
              switch (dimension) {
                case Dimension.Column column -> conditions.append("e.").append(column.sqlName());
                case Dimension.Tag tag -> {
                  conditions.append("coalesce(e.tags ->> CAST(? AS text), '')");
                  values.add(tag.key());
                }
              }
              conditions.append(" = ANY (CAST(? AS text[]))");
              values.add(Statements.array("text", wanted));
            });
    query
        .minCost()
        .ifPresent(
            cost -> {
              conditions.append("\n  AND e.cost >= CAST(? AS numeric)");
              values.add(cost.amount());
            });
    query
        .eventId()
        .ifPresent(
            id -> {
              conditions.append("\n  AND e.event_id = ?");
              values.add(id);
            });
    int most = query.isPicky() ? rows : query.limit() + 1;
    values.add(query.limit() + 1);
    return new EventSql(
        """
        SELECT e.*
        FROM (
        %sLIMIT %d) AS e
        WHERE %s
        ORDER BY e.occurred_at DESC, e.event_id DESC
        LIMIT ?
        """
            .formatted(ROWS.formatted("u.*"), most, conditions),
        values);
  }

  /// The last row that a page looked at; none where it looked at all.
  static EventSql last(UUID workspace, EventQuery query, int rows) {
    return new EventSql(
        ROWS.formatted("u.occurred_at, u.event_id") + "OFFSET %d\nLIMIT 1".formatted(rows - 1),
        range(workspace, query));
  }

  private static List<Object> range(UUID workspace, EventQuery query) {
    EventPlace start =
        query
            .after()
            .filter(place -> place.before().isBefore(query.range().end()))
            .orElseGet(() -> new EventPlace(query.range().end(), ""));
    List<Object> values = new ArrayList<>();
    values.add(workspace);
    values.add(query.range().start());
    values.add(start.before());
    values.add(start.idBefore());
    return values;
  }
}
