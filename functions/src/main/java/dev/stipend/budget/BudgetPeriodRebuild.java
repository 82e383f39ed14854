package dev.stipend.budget;

import dev.stipend.spend.Differences;
import dev.stipend.spend.LedgerHorizon;
import dev.stipend.spend.LedgerLock;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/// Makes counters from what is recorded: for a new budget, and again for all when totals are
/// doubted.
@Singleton
public class BudgetPeriodRebuild {
  static final String TABLE = "budget_periods";

  private final BudgetRepository budgets;
  private final RecordedPeriods recorded;
  private final LedgerLock lock;
  private final LedgerHorizon horizon;
  private final JdbcOperations jdbc;

  BudgetPeriodRebuild(
      BudgetRepository budgets,
      RecordedPeriods recorded,
      LedgerLock lock,
      LedgerHorizon horizon,
      JdbcOperations jdbc) {
    this.budgets = budgets;
    this.recorded = recorded;
    this.lock = lock;
    this.horizon = horizon;
    this.jdbc = jdbc;
  }

  /// Makes the counters of the workspace again that can be, and answers how many were different
  /// before.
  @Transactional
  public Differences rebuild(UUID workspace, Instant now) {
    lock.standstill(workspace);
    Differences found = Differences.none(TABLE);
    for (Budget budget : budgets.findCounting(workspace)) {
      found = found.plus(repair(budget, now));
    }
    return found;
  }

  /// What differs among the counters of a budget that can be compared. One statement sees one state
  /// of the database, so nobody has to stand still.
  ///
  /// @param suspect which periods are worth reading the ledger for; the rollup is always read
  @Transactional
  Differences compare(Budget budget, Predicate<Period> suspect, Instant now) {
    RecordedPeriods.Reading reading = recorded.remaining(budget, horizon.read(), now);
    return differences(
        budget, reading.source() == PeriodSource.ROLLUP ? reading : reading.only(suspect));
  }

  /// Makes the counters of a budget again that can be, while recorders of the workspace wait, and
  /// answers how many were different.
  @Transactional
  Differences repair(Budget budget, Instant now) {
    lock.standstill(budget.workspaceId());
    RecordedPeriods.Reading reading = recorded.remaining(budget, horizon.read(), now);
    Differences found = differences(budget, reading);
    if (found.count() > 0) {
      fill(budget, reading, now);
    }
    return found;
  }

  /// Sets the counters of a new budget to what is recorded. The caller holds the standstill.
  void fill(Budget budget, Instant now) {
    fill(budget, recorded.known(budget, horizon.read(), now), now);
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

  private Differences differences(Budget budget, RecordedPeriods.Reading reading) {
    return jdbc.prepareStatement(
        reading.source().sql(ScopeSql.of(budget))
            + """
            SELECT count(*) OVER () AS total,
              CAST(jsonb_build_object(
                'budget', CAST(? AS uuid),
                'subject', coalesce(e.subject, c.subject),
                'period_start', coalesce(e.period_start, c.period_start)) AS text) AS key
            FROM expected e
            FULL JOIN (
                SELECT c.*
                FROM stipend.budget_periods c
                JOIN periods p ON p.period_start = c.period_start
                WHERE c.workspace_id = ? AND c.budget_id = ?) c
              ON c.subject = e.subject AND c.period_start = e.period_start
            WHERE coalesce(e.spend, 0) <> coalesce(c.spend, 0)
               OR coalesce(e.requests, 0) <> coalesce(c.requests, 0)
               OR coalesce(e.unpriced, 0) <> coalesce(c.unpriced, 0)
            ORDER BY coalesce(e.period_start, c.period_start), coalesce(e.subject, c.subject)
            LIMIT %d
            """
                .formatted(Differences.TOLD),
        statement -> {
          int next = bind(statement, budget, reading);
          statement.setObject(next, budget.id());
          statement.setObject(next + 1, budget.workspaceId());
          statement.setObject(next + 2, budget.id());
          return Differences.read(TABLE, statement);
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
