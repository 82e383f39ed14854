package dev.stipend.budget.backfill;

import dev.stipend.budget.BudgetRow;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.PeriodRow;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Adds to counters what they lack.
///
/// Nothing has to stand still for it: recorders add to counters too, and the order makes no
/// difference. The caller sees to it that nobody else adds the same.
@Singleton
public class CounterAddition {
  private final JdbcOperations jdbc;

  CounterAddition(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Adds what the counters of budgets lack that were not edited since they were compared, and
  /// answers those that are to be evaluated: a period from before its budget was made is told to
  /// nobody.
  ///
  /// @param budgets which of the budgets `b`, as SQL
  @Transactional
  public List<PeriodKey> add(
      UUID workspace, List<CounterDrift> drifts, String budgets, Instant now) {
    return jdbc.prepareStatement(
        """
        WITH drift AS (
          SELECT *
          FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS d (
            budget_id, version, subject, period_start, period_end, spend, requests, unpriced)),
        counting AS (
          SELECT b.*
          FROM stipend.budgets b
          WHERE b.workspace_id = ?
            AND b.status <> 'archived'
            AND (b.id, b.version) IN (SELECT budget_id, version FROM drift)
            AND %s
          ORDER BY b.id
          FOR SHARE)
        INSERT INTO stipend.budget_periods AS c (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, unpriced,
          data_as_of, dirty)
        SELECT b.workspace_id, b.id, d.subject, d.period_start, d.period_end, %s, d.spend, d.requests, d.unpriced,
          ?, d.period_end > b.created_at
        FROM drift d
        JOIN counting b ON b.id = d.budget_id
        LEFT JOIN stipend.budget_increases i
          ON i.workspace_id = b.workspace_id
         AND i.budget_id = b.id
         AND i.subject = d.subject
        ORDER BY b.workspace_id, b.id, d.subject, d.period_start
        ON CONFLICT (workspace_id, budget_id, subject, period_start) DO UPDATE
        SET spend = c.spend + EXCLUDED.spend,
            requests = c.requests + EXCLUDED.requests,
            unpriced = c.unpriced + EXCLUDED.unpriced,
            dirty = c.dirty OR EXCLUDED.dirty,
            data_as_of = greatest(c.data_as_of, EXCLUDED.data_as_of)
        RETURNING workspace_id, budget_id, subject, period_start, dirty
        """
            .formatted(budgets, BudgetRow.SUBJECT_LIMIT_IN_FORCE),
        statement -> {
          new ArrayBinder<>(statement, 1, drifts)
              .uuids(CounterDrift::budgetId)
              .longs(CounterDrift::version)
              .texts(CounterDrift::subject)
              .instants(drift -> drift.period().start())
              .instants(drift -> drift.period().end())
              .decimals(CounterDrift::spend)
              .longs(CounterDrift::requests)
              .longs(CounterDrift::unpriced);
          statement.setObject(9, workspace);
          statement.setObject(10, Instants.parameter(now));
          statement.setObject(11, Instants.parameter(now));
          statement.setObject(12, Instants.parameter(now));
          List<PeriodKey> changed = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              if (row.getBoolean("dirty")) {
                changed.add(PeriodRow.key(row));
              }
            }
          }
          return changed;
        });
  }
}
