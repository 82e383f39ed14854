package dev.stipend.budget.period;

import dev.stipend.money.Money;
import dev.stipend.platform.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what holds still take of counters though they have expired.
@Singleton
public class ExpiredHolds {
  private final JdbcOperations jdbc;

  ExpiredHolds(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// What they take; counters without any are left out, and most hold nothing at all.
  @Transactional
  public Map<PeriodKey, Money> of(List<BudgetPeriod> counters, Instant now) {
    List<PeriodKey> holding =
        counters.stream()
            .filter(counter -> counter.held().isPositive())
            .map(BudgetPeriod::key)
            .toList();
    if (holding.isEmpty()) {
      return Map.of();
    }
    return jdbc.prepareStatement(
        """
        SELECT dead.*
        FROM (
          SELECT key.*, %s AS amount
          FROM unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          CROSS JOIN (SELECT CAST(? AS timestamptz) AS now) at) dead
        WHERE dead.amount IS NOT NULL
        """
            .formatted(HoldSql.expired("key", "at.now")),
        statement -> {
          PeriodRow.bindKeys(statement, 1, holding);
          statement.setObject(5, Instants.parameter(now));
          Map<PeriodKey, Money> dead = new HashMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              dead.put(PeriodRow.key(rows), new Money(rows.getBigDecimal("amount")));
            }
          }
          return dead;
        });
  }
}
