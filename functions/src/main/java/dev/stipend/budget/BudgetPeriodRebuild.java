package dev.stipend.budget;

import dev.stipend.spend.LedgerHorizon;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/// Makes the counters of one budget from what is recorded: of a new one, and of one whose end was
/// edited. What all counters of a workspace are compared with, and how they are repaired, is {@link
/// TotalsCheck}'s.
@Singleton
class BudgetPeriodRebuild {
  private final RecordedPeriods recorded;
  private final LedgerHorizon horizon;
  private final JdbcOperations jdbc;

  BudgetPeriodRebuild(RecordedPeriods recorded, LedgerHorizon horizon, JdbcOperations jdbc) {
    this.recorded = recorded;
    this.horizon = horizon;
    this.jdbc = jdbc;
  }

  /// Sets the counters of a new budget to what is recorded. The caller holds the standstill.
  void fill(Budget budget, Instant now) {
    fill(budget, recorded.known(budget, horizon.both(), now), now);
  }

  /// Sets those counters of a budget that are not final to what is recorded. The caller holds the
  /// standstill.
  void refill(Budget budget, Instant now) {
    fill(budget, recorded.remaining(budget, horizon.both(), now), now);
  }

  /// Reservations do not stand still: whoever locks counters does so in key order.
  private void lockCounters(Budget budget) {
    jdbc.prepareStatement(
        """
        SELECT 1
        FROM stipend.budget_periods
        WHERE workspace_id = ?
          AND budget_id = ?
        ORDER BY subject, period_start
        FOR UPDATE
        """,
        statement -> {
          statement.setObject(1, budget.workspaceId());
          statement.setObject(2, budget.id());
          return statement.execute();
        });
  }

  private void fill(Budget budget, RecordedPeriods.Reading reading, Instant now) {
    lockCounters(budget);
    jdbc.prepareStatement(
        reading.source().sql(ScopeSql.of(budget))
            + """
            , emptied AS (
              UPDATE stipend.budget_periods c
              SET spend = 0, requests = 0, unpriced = 0, dirty = TRUE, data_as_of = ?
              FROM periods p
              WHERE c.workspace_id = ? AND c.budget_id = ?
                AND c.period_start = p.period_start
                AND (c.spend, c.requests, c.unpriced) IS DISTINCT FROM (0, 0, 0)
                AND NOT EXISTS (
                  SELECT 1 FROM expected e WHERE e.subject = c.subject AND e.period_start = c.period_start))
            INSERT INTO stipend.budget_periods AS c (
              data_as_of, workspace_id, budget_id, limit_amount, subject, period_start, period_end, spend, requests, unpriced)
            SELECT ?, ?, ?, ?, subject, period_start, period_end, spend, requests, unpriced
            FROM expected
            ON CONFLICT (workspace_id, budget_id, subject, period_start) DO UPDATE
            SET spend = EXCLUDED.spend, requests = EXCLUDED.requests, unpriced = EXCLUDED.unpriced,
                dirty = TRUE, data_as_of = EXCLUDED.data_as_of
            WHERE (c.spend, c.requests, c.unpriced)
              IS DISTINCT FROM (EXCLUDED.spend, EXCLUDED.requests, EXCLUDED.unpriced)
            """,
        statement -> {
          int next = bind(statement, budget, reading);
          statement.setObject(next, Instants.parameter(now));
          statement.setObject(next + 1, budget.workspaceId());
          statement.setObject(next + 2, budget.id());
          statement.setObject(next + 3, Instants.parameter(now));
          statement.setObject(next + 4, budget.workspaceId());
          statement.setObject(next + 5, budget.id());
          statement.setObject(next + 6, budget.limitAt(now).amount());
          return statement.executeUpdate();
        });
  }

  private static int bind(
      PreparedStatement statement, Budget budget, RecordedPeriods.Reading reading)
      throws SQLException {
    new ArrayBinder<>(statement, 1, reading.periods())
        .instants(Period::start)
        .instants(Period::end);
    statement.setObject(3, Instants.parameter(budget.countsFrom()));
    statement.setObject(4, budget.workspaceId());
    ScopeSql.of(budget).bind(statement, 5);
    return 6;
  }
}
