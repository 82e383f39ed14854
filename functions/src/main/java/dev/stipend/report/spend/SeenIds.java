package dev.stipend.report.spend;

import dev.stipend.ingest.record.AttributionFields;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/// The ids of a dimension that usage of a workspace has had, for people who look for one.
///
/// The tables have no index by id. So only the newest part of them is read, by their keys, however
/// much there is: of the rollup, and of the counters of budgets over each id, which know ids for
/// longer. What only the ledger knows is read from its newest events.
@Singleton
public class SeenIds {
  static final int MOST_ROWS = 100_000;
  static final int MOST_EVENTS = 10_000;

  private static final String FIND =
      """
      WITH recent AS MATERIALIZED (
          %s
          LIMIT %d),
        counted AS MATERIALIZED (
          SELECT p.subject AS id
          FROM stipend.budgets b
          JOIN stipend.budget_periods p ON p.workspace_id = b.workspace_id AND p.budget_id = b.id
          WHERE b.workspace_id = ?
            AND b.scope = ?
            AND b.scope_id = '*'
            AND b.status <> 'archived'
          LIMIT %d)
      SELECT (SELECT count(*) FROM recent) AS looked,
        ARRAY(
          SELECT id
          FROM (SELECT id FROM recent UNION SELECT id FROM counted) AS seen
          WHERE id <> ''
            AND strpos(lower(id), lower(?)) > 0
          ORDER BY starts_with(lower(id), lower(?)) DESC, id COLLATE "C"
          LIMIT ?) AS ids
      """;

  private static final String NEWEST =
      """
      FROM stipend.usage_logs u
            WHERE u.workspace_id = ?
            ORDER BY u.occurred_at DESC\
      """;

  private final JdbcOperations jdbc;

  SeenIds(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// What was found.
  ///
  /// @param ids those that begin with the text first, then by themselves
  /// @param complete whether no other id matches; false where there are more, and where not all
  ///     usage was looked at
  public record Found(List<String> ids, boolean complete) {}

  /// The ids that have a text in them, whatever their case.
  ///
  /// @param text empty for all
  /// @param limit how many, at most
  @Transactional
  public Found of(UUID workspace, Dimension dimension, String text, int limit) {
    return switch (dimension) {
      case Dimension.Column column ->
          find(
              sql(column, MOST_ROWS), MOST_ROWS, text, limit, workspace, workspace, column.label());
      case Dimension.Tag tag ->
          find(
              valuesSql(MOST_EVENTS),
              MOST_EVENTS,
              text,
              limit,
              tag.key(),
              workspace,
              workspace,
              "");
    };
  }

  /// The keys of tags that have a text in them.
  @Transactional
  public Found tagKeys(UUID workspace, String text, int limit) {
    return find(keysSql(MOST_EVENTS), MOST_EVENTS, text, limit, workspace, workspace, "");
  }

  /// @param rows how many rows are looked at, at most
  static String sql(Dimension.Column column, int rows) {
    return FIND.formatted(
        """
        SELECT u.%s AS id
            FROM stipend.cost_tracking u
            WHERE u.workspace_id = ?
            ORDER BY u.bucket_start DESC\
        """
            .formatted(column.sqlName()),
        rows,
        rows);
  }

  static String valuesSql(int events) {
    return FIND.formatted(
        "SELECT coalesce(u.tags ->> CAST(? AS text), '') AS id\n      " + NEWEST, events, 1);
  }

  static String keysSql(int events) {
    return FIND.formatted(
        """
        SELECT coalesce(tag.key, '') AS id
            FROM (
              SELECT u.tags
              %s
              LIMIT %d) AS event
            LEFT JOIN LATERAL jsonb_object_keys(event.tags) AS tag (key) ON TRUE\
        """
            .formatted(NEWEST, events),
        events * AttributionFields.MOST_TAGS,
        1);
  }

  private Found find(String sql, int most, String text, int limit, Object... which) {
    Object[] values = new Object[which.length + 3];
    System.arraycopy(which, 0, values, 0, which.length);
    values[which.length] = text;
    values[which.length + 1] = text;
    values[which.length + 2] = limit + 1;
    return Sql.first(
            jdbc,
            sql,
            row -> {
              List<String> ids = List.of((String[]) row.getArray("ids").getArray());
              return new Found(
                  ids.subList(0, Math.min(limit, ids.size())),
                  ids.size() <= limit && row.getLong("looked") < most);
            },
            values)
        .orElseThrow();
  }
}
