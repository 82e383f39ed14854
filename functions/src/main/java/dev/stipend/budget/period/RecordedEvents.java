package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.ScopeSql;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/// Reads the ledger event by event, as a budget would have counted it.
@Singleton
public class RecordedEvents {
  /// Rows that the driver holds at a time.
  private static final int FETCHED = 2_000;

  private final JdbcOperations jdbc;

  RecordedEvents(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Hands over the events of a period, subject by subject, each subject's in the order in which
  /// they occurred. The driver streams them, which needs this transaction.
  ///
  /// @param most how many at most
  /// @return how many there were, up to `most`
  @Transactional
  public long read(Budget budget, Period period, long most, Consumer<CountedEvent> each) {
    ScopeSql scope = ScopeSql.of(budget);
    return jdbc.prepareStatement(
        """
        SELECT %1$s AS subject, u.occurred_at, coalesce(u.cost, 0) AS cost, u.kind = 'usage' AS usage, u.unpriced
        FROM stipend.usage_logs u
        %2$s
        WHERE u.workspace_id = ?
          AND u.occurred_at >= ?
          AND u.occurred_at < ?
          AND %3$s
        ORDER BY (%1$s) COLLATE "C", u.occurred_at, u.event_id COLLATE "C"
        LIMIT ?
        """
            .formatted(scope.subject(), scope.join(), scope.condition()),
        statement -> {
          statement.setFetchSize(FETCHED);
          Statements.bind(statement, budget.workspaceId(), period.start(), period.end());
          scope.bind(statement, 4);
          statement.setLong(5, most);
          long count = 0;
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              each.accept(event(row));
              count++;
            }
          }
          return count;
        });
  }

  private static CountedEvent event(ResultSet row) throws SQLException {
    return new CountedEvent(
        row.getString("subject"),
        Instants.read(row, "occurred_at"),
        new Money(row.getBigDecimal("cost")),
        row.getBoolean("usage"),
        row.getLong("unpriced"));
  }
}
