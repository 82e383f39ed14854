package dev.stipend.budget.insight;

import dev.stipend.budget.ScopeSql;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Finds what took a counter's spend down.
@Singleton
public class Refunds {
  /// How long before the counter's last change a refund may have been recorded. Evaluation follows
  /// at once; who asks for more reads more of the ledger.
  private static final Duration RECENT = Duration.ofHours(1);

  private final JdbcOperations jdbc;

  Refunds(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The latest refund of a counter's period that was recorded since an instant and shortly before
  /// the counter changed last; of several at once the greatest.
  @Transactional
  public Optional<Refund> latest(BudgetInPeriod of, Instant since) {
    BudgetPeriod counter = of.counter();
    ScopeSql scope = ScopeSql.of(of.budget());
    Instant recent = counter.dataAsOf().minus(RECENT);
    return Sql.first(
        jdbc,
        """
        SELECT u.event_id, u.cost, u.corrects
        FROM stipend.usage_logs u %s
        WHERE u.workspace_id = ?
          AND u.recorded_at >= ?
          AND u.occurred_at >= ?
          AND u.occurred_at < ?
          AND u.kind = 'adjustment'
          AND u.cost < 0
          AND %s = ?
        ORDER BY u.recorded_at DESC, u.cost, u.event_id
        LIMIT 1
        """
            .formatted(scope.join(), scope.subject()),
        row ->
            new Refund(
                row.getString("event_id"),
                new Money(row.getBigDecimal("cost").negate()),
                Optional.ofNullable(row.getString("corrects"))),
        counter.key().workspaceId(),
        Instants.parameter(since.isAfter(recent) ? since : recent),
        Instants.parameter(counter.period().start()),
        Instants.parameter(counter.period().end()),
        counter.key().subject());
  }
}
