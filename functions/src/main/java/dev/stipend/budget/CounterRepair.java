package dev.stipend.budget;

import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Adds to counters what they lack.
///
/// Nothing has to stand still for it: recorders add to counters too, and the order makes no
/// difference. What was found is added once, because it is added under the run that found it, and
/// no more once another run has taken over.
@Singleton
class CounterRepair {
  private final ReconciliationRuns runs;
  private final JdbcOperations jdbc;

  CounterRepair(ReconciliationRuns runs, JdbcOperations jdbc) {
    this.runs = runs;
    this.jdbc = jdbc;
  }

  /// Repairs counters and has them evaluated, but for those whose budget was edited since they were
  /// compared, or is being filled: what is added then is counted anew. Answers whether the run is
  /// still its own master; if not, nothing was changed.
  @Transactional
  boolean repair(
      ReconciliationRuns.Run run, UUID workspace, List<CounterDrift> drifts, Instant now) {
    if (!runs.hold(run)) {
      return false;
    }
    jdbc.prepareStatement(
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
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, unpriced, data_as_of)
        SELECT b.workspace_id, b.id, d.subject, d.period_start, d.period_end, %s, d.spend, d.requests, d.unpriced, ?
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
            dirty = TRUE,
            data_as_of = greatest(c.data_as_of, EXCLUDED.data_as_of)
        """
            .formatted(BackfillRepository.leavesOut("b"), BudgetRow.SUBJECT_LIMIT_IN_FORCE),
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
          return statement.executeUpdate();
        });
    return true;
  }
}
