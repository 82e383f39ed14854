package dev.stipend.budget;

import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps what counters hold of their budget in step with it.
@Singleton
class CounterLimits {
  private final JdbcOperations jdbc;

  CounterLimits(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Takes an edit over to the counters that are not closed, locking them in key order. Those whose
  /// period runs get the new limit; those whose period is over keep the limit that was in force at
  /// its end, which only the budget before the edit still tells.
  ///
  /// @param dirty whether they are to be evaluated; those of an archived budget that are closed
  ///     too, where they have open alerts
  /// @return the counters to evaluate
  List<CounterKey> follow(Budget before, Budget after, boolean dirty, Instant now) {
    return jdbc.prepareStatement(
        """
        WITH locked AS MATERIALIZED (
          SELECT c.subject, c.period_start
          FROM stipend.budget_periods c
          WHERE c.workspace_id = ?
            AND c.budget_id = ?
            AND (c.closed_at IS NULL OR ? AND EXISTS (
              SELECT
              FROM stipend.alert_logs a
              WHERE a.workspace_id = c.workspace_id
                AND a.budget_id = c.budget_id
                AND a.subject = c.subject
                AND a.period_start = c.period_start
                AND a.resolved_at IS NULL))
          ORDER BY c.workspace_id, c.budget_id, c.subject, c.period_start
          FOR UPDATE)
        UPDATE stipend.budget_periods c
        SET limit_amount = CASE
              WHEN c.closed_at IS NOT NULL THEN c.limit_amount
              WHEN c.period_end > ? THEN ?
              WHEN c.period_end <= ? THEN c.limit_amount
              WHEN c.period_end <= ? THEN ?
              ELSE ? END,
            period_end = CASE WHEN c.period_end > ? THEN coalesce(?, c.period_end) ELSE c.period_end END,
            dirty = c.dirty OR ?
        FROM locked
        WHERE c.workspace_id = ?
          AND c.budget_id = ?
          AND c.subject = locked.subject
          AND c.period_start = locked.period_start
        RETURNING c.workspace_id, c.budget_id, c.subject, c.period_start
        """,
        statement -> {
          Instant increasedUntil = before.increase().map(Increase::until).orElse(Instant.EPOCH);
          statement.setObject(1, before.workspaceId());
          statement.setObject(2, before.id());
          statement.setBoolean(3, after.status() == BudgetStatus.ARCHIVED);
          statement.setObject(4, Instants.parameter(now));
          statement.setBigDecimal(5, after.limitAt(now).amount());
          statement.setObject(6, Instants.parameter(before.updatedAt()));
          statement.setObject(7, Instants.parameter(increasedUntil));
          statement.setBigDecimal(8, before.limitBefore(increasedUntil).amount());
          statement.setBigDecimal(9, before.limit().amount());
          statement.setObject(10, Instants.parameter(now));
          statement.setObject(11, Instants.parameter(newEnd(before, after).orElse(null)));
          statement.setBoolean(12, dirty);
          statement.setObject(13, before.workspaceId());
          statement.setObject(14, before.id());
          List<CounterKey> touched = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              touched.add(CounterRow.key(row));
            }
          }
          return dirty ? touched : List.of();
        });
  }

  private static Optional<Instant> newEnd(Budget before, Budget after) {
    return after.cadence() instanceof TotalCadence total
            && !after.cadence().equals(before.cadence())
        ? Optional.of(total.period()).map(Period::end)
        : Optional.empty();
  }
}
