package dev.stipend.maintenance.reconciliation;

import dev.stipend.budget.backfill.BackfillRepository;
import dev.stipend.budget.period.PeriodSource;
import dev.stipend.budget.period.ScopeSubjects;

/// How the counters of a unit are compared with what is recorded.
///
/// It is one statement, and so sees one state of the database: recorders commit the ledger, the
/// rollup and counters together, so nobody has to stand still. Budgets whose counters are still
/// being made are left out.
///
/// @param text the statement
record CounterSql(String text) {
  /// Distinguishes budgets that have a counter for each id.
  private static final String IS_EACH =
      "substr(b.scope_id, CASE WHEN b.scope = 'tag' THEN strpos(b.scope_id, '=') + 1 ELSE 1 END) ="
          + " '*'";

  /// The scope ids of the budgets that count a row, each with whether such a budget counts each id
  /// apart. They are rows, so that budgets are found by hashing, however many there are; `OFFSET 0`
  /// keeps them on their side of the join, where PostgreSQL would look through all budgets for
  /// each.
  private static final String LOOKUPS =
      "(VALUES (%s, FALSE), ('*', TRUE), (nullif(%s, '*'), TRUE)) AS lookup (scope_id, is_each)";

  private static final String ON_QUARTERS =
      """
      (extract(epoch FROM period_start) % 900 = 0
        AND extract(epoch FROM period_end) % 900 = 0
        AND extract(epoch FROM counted_from) % 900 = 0)\
      """;

  private static final String DRIFT =
      """
      drift AS (
        SELECT coalesce(e.budget_id, c.budget_id) AS budget_id,
          coalesce(e.subject, c.subject) AS subject,
          coalesce(e.period_start, c.period_start) AS period_start,
          coalesce(e.spend, 0) - coalesce(c.spend, 0) AS spend,
          coalesce(e.requests, 0) - coalesce(c.requests, 0) AS requests,
          coalesce(e.unpriced, 0) - coalesce(c.unpriced, 0) AS unpriced
        FROM expected e
        FULL JOIN stored c
          ON c.budget_id = e.budget_id
         AND c.subject = e.subject
         AND c.period_start = e.period_start
        WHERE coalesce(e.spend, 0) <> coalesce(c.spend, 0)
           OR coalesce(e.requests, 0) <> coalesce(c.requests, 0)
           OR coalesce(e.unpriced, 0) <> coalesce(c.unpriced, 0)
        LIMIT ?)
      SELECT d.*, %s, CAST(jsonb_build_object(
        'budget', d.budget_id, 'subject', d.subject, 'period_start', d.period_start) AS text) AS name
      FROM drift d
      %s
      ORDER BY d.period_start, d.subject, d.budget_id
      """;

  /// Takes three arrays: starts and ends of periods, and from when they are counted; then the
  /// workspace, the scope, and the five columns of a calendar; the workspace; the workspace; how
  /// many rows at most.
  ///
  /// What is spent is added up once for all budgets.
  static CounterSql ofCalendar(ScopeSubjects scope, PeriodSource source) {
    return new CounterSql(
        """
        WITH periods AS (
          SELECT * FROM unnest(?, ?, ?) AS p (period_start, period_end, counted_from)),
        counting AS (
          SELECT b.id AS budget_id, b.scope_id, b.counts_from, b.version, %1$s AS is_each
          FROM stipend.budgets b
          WHERE b.workspace_id = ?
            AND b.scope = ?
            AND b.status <> 'archived'
            AND %8$s
            AND b.period = ?
            AND b.time_zone = ?
            AND b.week_start = ?
            AND b.anchor_day = ?
            AND b.anchor_month = ?),
        spent AS (
          SELECT %2$s AS subject, %3$s AS each_id, p.period_start, p.counted_from,
            %4$s
          FROM periods p
          JOIN %5$s u
            ON %6$s >= p.counted_from
           AND %6$s < p.period_end
          %7$s
          WHERE u.workspace_id = ?
            AND %2$s <> ''
          GROUP BY 1, 2, 3, 4),
        expected AS (
          SELECT b.budget_id, s.subject, s.period_start, s.spend, s.requests, s.unpriced
          FROM (SELECT s.*, lookup.* FROM spent s CROSS JOIN LATERAL %9$s OFFSET 0) s
          JOIN counting b
            ON b.scope_id = s.scope_id
           AND b.is_each = s.is_each
           AND s.counted_from = greatest(s.period_start, b.counts_from)),
        stored AS (
          SELECT c.budget_id, c.subject, c.period_start, c.spend, c.requests, c.unpriced
          FROM stipend.budget_periods c
          JOIN counting b ON b.budget_id = c.budget_id
          JOIN periods p
            ON p.period_start = c.period_start
           AND p.counted_from = greatest(p.period_start, b.counts_from)
          WHERE c.workspace_id = ?),
        """
                .formatted(
                    IS_EACH,
                    scope.subject(),
                    scope.eachId(),
                    source.sums(),
                    source.relation(),
                    source.time(),
                    scope.join(),
                    BackfillRepository.leavesOut("b"),
                    LOOKUPS.formatted("s.subject", "s.each_id"))
            + DRIFT.formatted(
                "b.version, p.period_end",
                """
                JOIN counting b USING (budget_id)
                JOIN (SELECT DISTINCT period_start, period_end FROM periods) p USING (period_start)\
                """));
  }

  /// Takes the end of a period that has none; the workspace and the scope; the bounds of the time
  /// that changed, the days on which changed counters end, and the horizons of the ledger and of
  /// the source; the workspace; the workspace; how many rows at most.
  static CounterSql ofTotals(ScopeSubjects scope, PeriodSource source) {
    return new CounterSql(
        """
        WITH counting AS (
          SELECT b.id AS budget_id, b.scope_id, b.version, %1$s AS is_each, b.starts_at AS period_start,
            coalesce(b.ends_at, ?) AS period_end,
            greatest(b.starts_at, b.counts_from) AS counted_from
          FROM stipend.budgets b
          WHERE b.workspace_id = ?
            AND b.scope = ?
            AND b.status <> 'archived'
            AND %9$s
            AND b.period = 'total'),
        wanted AS (
          SELECT *
          FROM counting
          WHERE (period_end > ? AND period_start < ?
              OR CAST(period_end AT TIME ZONE 'UTC' AS date) = ANY (CAST(? AS date[])))
            AND period_end > ?
            AND counted_from >= ?
            AND %8$s),
        expected AS (
          SELECT b.budget_id, u.subject, b.period_start,
            %4$s
          FROM (
            SELECT u.*, %2$s AS subject, lookup.*
            FROM %5$s u
            %7$s
            CROSS JOIN LATERAL %10$s
            WHERE u.workspace_id = ?
              AND %2$s <> ''
              AND %6$s >= (SELECT min(counted_from) FROM wanted)
            OFFSET 0) u
          JOIN wanted b
            ON b.scope_id = u.scope_id
           AND b.is_each = u.is_each
           AND %6$s >= b.counted_from
           AND %6$s < b.period_end
          GROUP BY 1, 2, 3),
        stored AS (
          SELECT c.budget_id, c.subject, c.period_start, c.spend, c.requests, c.unpriced
          FROM stipend.budget_periods c
          JOIN wanted b
            ON b.budget_id = c.budget_id
           AND b.period_start = c.period_start
          WHERE c.workspace_id = ?),
        """
                .formatted(
                    IS_EACH,
                    scope.subject(),
                    scope.eachId(),
                    source.sums(),
                    source.relation(),
                    source.time(),
                    scope.join(),
                    scope.onlyInLedger()
                        ? "TRUE"
                        : (source == PeriodSource.ROLLUP ? "" : "NOT ") + ON_QUARTERS,
                    BackfillRepository.leavesOut("b"),
                    LOOKUPS.formatted(scope.subject(), scope.eachId()))
            + DRIFT.formatted("b.version, b.period_end", "JOIN wanted b USING (budget_id)"));
  }
}
