package dev.stipend.budget.period;

import dev.stipend.budget.Scope;
import dev.stipend.budget.ScopeSql;
import dev.stipend.ingest.ledger.Horizons;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.List;

/// Where the spend of a budget's periods is added up from.
///
/// The rollup is far smaller than the ledger, and outlives it. It has no labels, and bounds that
/// are not on a quarter of an hour cut through its rows: budgets that need either are added up from
/// the ledger.
public enum PeriodSource {
  ROLLUP("stipend.cost_tracking", "u.bucket_start", "u.requests"),
  LEDGER("stipend.usage_logs", "u.occurred_at", "CASE WHEN u.kind = 'usage' THEN 1 ELSE 0 END");

  private static final int QUARTER_HOUR = 15 * 60;

  private final String relation;
  private final String time;
  private final String requests;

  PeriodSource(String relation, String time, String requests) {
    this.relation = relation;
    this.time = time;
    this.requests = requests;
  }

  /// Where the spend of these periods is read.
  ///
  /// @param countsFrom the first instant that counts
  public static PeriodSource of(Scope scope, List<Period> periods, Instant countsFrom) {
    boolean rolledUp =
        scope != Scope.TAG
            && isOnQuarterHour(countsFrom)
            && periods.stream()
                .allMatch(p -> isOnQuarterHour(p.start()) && isOnQuarterHour(p.end()));
    return rolledUp ? ROLLUP : LEDGER;
  }

  /// Where one period is added up from.
  public static PeriodSource of(Scope scope, Period period, Instant countedFrom) {
    return of(scope, List.of(period), countedFrom);
  }

  /// What the database still knows of it.
  public Instant horizon(Horizons horizons) {
    return this == ROLLUP ? horizons.totals() : horizons.ledger();
  }

  private static boolean isOnQuarterHour(Instant instant) {
    return instant.getEpochSecond() % QUARTER_HOUR == 0 && instant.getNano() == 0;
  }

  /// The relation whose rows `u` are added up.
  public String relation() {
    return relation;
  }

  /// When a row `u` happened.
  public String time() {
    return time;
  }

  /// The sums of rows `u`, as columns `spend`, `requests` and `unpriced`.
  public String sums() {
    return """
    coalesce(sum(u.cost), 0) AS spend,
        sum(%s) AS requests,
        sum(u.unpriced) AS unpriced\
    """
        .formatted(requests);
  }

  /// The relations `periods`, and `expected`: what is recorded of each subject and period.
  public String sql(ScopeSql scope) {
    return """
    WITH periods AS (
      SELECT * FROM unnest(?, ?) AS p (period_start, period_end)),
    expected AS (
      SELECT %s AS subject, p.period_start, p.period_end,
        %s
      FROM periods p
      JOIN %s u
        ON %4$s >= p.period_start
       AND %4$s < p.period_end
       AND %4$s >= ?
      %s
      WHERE u.workspace_id = ?
        AND %s
      GROUP BY 1, 2, 3)
    """
        .replace("%4$s", time)
        .formatted(scope.subject(), sums(), relation, scope.join(), scope.condition());
  }
}
