package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Increase;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps what counters hold of their budget in step with it.
@Singleton
public class PeriodLimits {
  private final JdbcOperations jdbc;

  PeriodLimits(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Takes an edit over to the counters that are not closed, locking them in key order. Those whose
  /// period runs get the new limit; those whose period is over keep the limit that was in force at
  /// its end, which only the budget before the edit still tells, and are not evaluated by
  /// thresholds that nobody had set then.
  ///
  /// @param subjects whose counters are to be evaluated, empty for all of them; those of an
  ///     archived budget that are closed too, where they have open alerts
  /// @return the counters to evaluate
  public List<PeriodKey> follow(
      Budget before, Budget after, Optional<Set<String>> subjects, Instant now) {
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
            AND (c.period_end <= ? OR CAST(? AS text[]) IS NULL OR c.subject = ANY (?))
          ORDER BY c.workspace_id, c.budget_id, c.subject, c.period_start
          FOR UPDATE)
        UPDATE stipend.budget_periods c
        SET limit_amount = CASE
              WHEN c.closed_at IS NOT NULL THEN c.limit_amount
              WHEN c.period_end > ? THEN greatest(?, higher.limit_amount)
              WHEN c.period_end <= ? THEN c.limit_amount
              ELSE greatest(
                CASE WHEN c.period_end <= ? THEN ? ELSE ? END,
                CASE WHEN c.period_end <= was_higher.until_time THEN was_higher.limit_amount END) END,
            period_end = CASE WHEN c.period_end > ? THEN coalesce(?, c.period_end) ELSE c.period_end END,
            dirty = c.dirty OR (c.period_end > ? OR ?) AND (CAST(? AS text[]) IS NULL OR c.subject = ANY (?))
        FROM locked
        LEFT JOIN unnest(?, ?) AS higher (subject, limit_amount) USING (subject)
        LEFT JOIN unnest(?, ?, ?) AS was_higher (subject, limit_amount, until_time) USING (subject)
        WHERE c.workspace_id = ?
          AND c.budget_id = ?
          AND c.subject = locked.subject
          AND c.period_start = locked.period_start
        RETURNING c.workspace_id, c.budget_id, c.subject, c.period_start
        """,
        statement -> {
          Instant increasedUntil = before.increase().map(Increase::until).orElse(Instant.EPOCH);
          Statements.@Nullable Array named =
              subjects.isEmpty() ? null : Statements.array("text", subjects.get());
          Statements.bind(
              statement,
              before.workspaceId(),
              before.id(),
              after.status() == BudgetStatus.ARCHIVED,
              now,
              named,
              named,
              now,
              after.limitAt(now).amount(),
              before.updatedAt(),
              increasedUntil,
              before.limitAt(increasedUntil.minusNanos(1)).amount(),
              before.limit().amount(),
              now,
              Instants.parameter(newEnd(before, after).orElse(null)),
              now,
              after.status() == BudgetStatus.ARCHIVED,
              named,
              named);
          new ArrayBinder<>(statement, 19, running(after, now))
              .texts(Map.Entry::getKey)
              .decimals(higher -> higher.getValue().limit().amount());
          new ArrayBinder<>(statement, 21, List.copyOf(before.subjectIncreases().entrySet()))
              .texts(Map.Entry::getKey)
              .decimals(higher -> higher.getValue().limit().amount())
              .instants(higher -> higher.getValue().until());
          statement.setObject(24, before.workspaceId());
          statement.setObject(25, before.id());
          List<PeriodKey> touched = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              touched.add(PeriodRow.key(row));
            }
          }
          return touched.stream()
              .filter(key -> subjects.isEmpty() || subjects.get().contains(key.subject()))
              .toList();
        });
  }

  private static List<Map.Entry<String, Increase>> running(Budget budget, Instant now) {
    return budget.subjectIncreases().entrySet().stream()
        .filter(higher -> now.isBefore(higher.getValue().until()))
        .toList();
  }

  private static Optional<Instant> newEnd(Budget before, Budget after) {
    return after.cadence() instanceof TotalCadence total
            && !after.cadence().equals(before.cadence())
        ? Optional.of(total.period()).map(Period::end)
        : Optional.empty();
  }
}
