package dev.stipend.maintenance.pack;

import dev.stipend.migration.CountedNoun;
import dev.stipend.platform.sql.Query;
import dev.stipend.platform.sql.Query.Row;
import dev.stipend.time.TimeLeft;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Copies the rows of the legacy table `usage_logs` to `ai_requests`, and counts them in
/// `cost_tracking`, by user, model, hour, day, week, month and year in UTC. A request's
/// `import_key`, `usage_logs:ID`, makes twice once; requests and their counts are one statement.
final class LegacyMigration {
  static final String TABLE = "usage_logs";
  private static final int ROWS_AT_ONCE = 5_000;

  /// The shape that is understood: the pack's own, which the document's "basic usage tracking" is
  /// taken to mean.
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          TABLE,
          List.of(
              "id",
              "user_id",
              "provider",
              "model",
              "action",
              "input_tokens",
              "output_tokens",
              "cost",
              "metadata",
              "created_at"),
          "ai_requests",
          List.of("import_key", "user_id", "request_type", "total_cost", "currency"),
          "cost_tracking",
          List.of("user_id", "ai_request_id", "period_type", "period_start", "currency"));

  private final PackSession session;
  private final TimeLeft left;
  private final TaskDraft draft;

  LegacyMigration(PackSession session, TimeLeft left, TaskDraft draft) {
    this.session = session;
    this.left = left;
    this.draft = draft;
  }

  /// What keeps it from running, if anything does.
  static Optional<String> refusal(PackSession session) throws SQLException {
    for (Map.Entry<String, List<String>> table : COLUMNS.entrySet()) {
      Set<String> there =
          Query.rows(
                  session.connection(),
                  "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0"
                      + " AND NOT attisdropped",
                  session.quoted(table.getKey()))
              .stream()
              .map(row -> row.text(0))
              .collect(Collectors.toSet());
      for (String column : table.getValue()) {
        if (!there.contains(column)) {
          return Optional.of(
              "Table %s of schema %s has no column %s; a %s with the columns %s is understood. Nothing was migrated."
                  .formatted(
                      table.getKey(),
                      session.schema(),
                      column,
                      table.getKey(),
                      String.join(", ", table.getValue())));
        }
      }
    }
    return Query.rows(
            session.connection(),
            "SELECT currency FROM %s WHERE ai_request_id IS NULL AND currency <> 'USD' LIMIT 1"
                .formatted(session.quoted("cost_tracking")))
        .stream()
        .findFirst()
        .map(
            row ->
                "Table cost_tracking has sums in %s, and usage_logs says no currency, which is taken for USD. Nothing was migrated."
                    .formatted(row.text(0)));
  }

  void run(boolean dryRun) throws SQLException {
    session.limitStatements();
    if (dryRun) {
      Row waiting =
          Query.row(
              session.connection(),
              "SELECT count(*), coalesce(sum(u.cost), 0) FROM %s u WHERE %s"
                  .formatted(session.quoted(TABLE), isNew()));
      done(waiting.number(0), waiting.text(1));
      return;
    }
    BigDecimal cost = BigDecimal.ZERO;
    long rows = 0;
    Optional<String> last = Optional.empty();
    while (true) {
      if (left.isUsedUp()) {
        draft.unfinished("all rows were migrated");
        break;
      }
      session.limitStatements();
      Row page = Query.row(session.connection(), statement(), last.orElse(""));
      if (page.optional(0).isEmpty()) {
        break;
      }
      last = page.optional(0);
      rows += page.number(1);
      cost = cost.add(new BigDecimal(page.text(2)));
    }
    done(rows, cost.toPlainString());
  }

  private void done(long rows, String cost) {
    draft.add(rows);
    draft.item(
        "usage_logs: %s, costs %s".formatted(CountedNoun.of(rows, "row"), cost),
        "table",
        TABLE,
        "rows",
        rows,
        "cost",
        cost);
  }

  private String isNew() {
    return "NOT EXISTS (SELECT FROM %s r WHERE r.import_key = 'usage_logs:' || u.id)"
        .formatted(session.quoted("ai_requests"));
  }

  /// One page: requests, and what they add to each period. A model that is not named is `unknown`.
  private String statement() {
    return """
    WITH page AS (
      SELECT u.*
      FROM %1$s u
      WHERE u.id > CAST(coalesce(nullif(?, ''), '-9223372036854775808') AS bigint)
        AND %2$s
      ORDER BY u.id
      LIMIT %3$d),
    moved AS (
      INSERT INTO %4$s (
        import_key, user_id, provider, model, request_type, status, input_tokens, output_tokens, total_cost,
        currency, metadata, created_at, completed_at)
      SELECT 'usage_logs:' || id, user_id, coalesce(provider, 'unknown'), coalesce(model, 'unknown'),
        coalesce(action, 'chat'), 'completed', input_tokens, output_tokens, cost, 'USD', metadata, created_at, created_at
      FROM page
      ON CONFLICT (import_key) DO NOTHING
      RETURNING user_id, provider, model, input_tokens, output_tokens, total_cost, currency,
        created_at AT TIME ZONE 'UTC' AS at),
    counted AS (
      INSERT INTO %5$s AS c (
        user_id, period_type, period_start, period_end, provider, model, request_count, success_count, success_rate,
        input_tokens, output_tokens, total_cost, currency)
      SELECT m.user_id, CAST(p.type AS %6$s), date_trunc(p.unit, m.at) AT TIME ZONE 'UTC',
        (date_trunc(p.unit, m.at) + p.length) AT TIME ZONE 'UTC', m.provider, m.model, count(*), count(*), 100,
        sum(m.input_tokens), sum(m.output_tokens), sum(m.total_cost), m.currency
      FROM moved m
      CROSS JOIN (VALUES ('hourly', 'hour', interval '1 hour'), ('daily', 'day', interval '1 day'),
        ('weekly', 'week', interval '1 week'), ('monthly', 'month', interval '1 month'),
        ('yearly', 'year', interval '1 year')) AS p (type, unit, length)
      GROUP BY 1, 2, 3, 4, 5, 6, m.currency
      ORDER BY 1, 2, 3, 5, 6
      ON CONFLICT (user_id, period_type, period_start, provider, model) WHERE ai_request_id IS NULL DO UPDATE
      SET request_count = c.request_count + excluded.request_count,
        success_count = c.success_count + excluded.success_count,
        success_rate = round(100.0 * (c.success_count + excluded.success_count)
          / (c.request_count + excluded.request_count), 2),
        input_tokens = c.input_tokens + excluded.input_tokens,
        output_tokens = c.output_tokens + excluded.output_tokens,
        total_cost = c.total_cost + excluded.total_cost,
        budget_utilization_percent = CASE WHEN c.budget_limit > 0
          THEN round(100 * (c.total_cost + excluded.total_cost) / c.budget_limit, 2)
          ELSE c.budget_utilization_percent END,
        updated_at = now()
      RETURNING 1)
    SELECT (SELECT max(id) FROM page), count(*), coalesce(sum(total_cost), 0), (SELECT count(*) FROM counted)
    FROM moved
    """
        .formatted(
            session.quoted(TABLE),
            isNew(),
            ROWS_AT_ONCE,
            session.quoted("ai_requests"),
            session.quoted("cost_tracking"),
            session.quoted("period_type"));
  }

  static String summary(long rows, boolean dryRun) {
    return CountedNoun.of(rows, "row")
        + (dryRun ? " would be migrated" : " migrated to ai_requests and cost_tracking");
  }
}
