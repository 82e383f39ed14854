package dev.stipend.budget.period;

import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.time.Period;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How a counter stands in the database.
public final class PeriodRow {
  private PeriodRow() {}

  /// Binds the four columns of keys.
  static void bindKeys(PreparedStatement statement, int first, List<PeriodKey> keys)
      throws SQLException {
    new ArrayBinder<>(statement, first, keys)
        .uuids(PeriodKey::workspaceId)
        .uuids(PeriodKey::budgetId)
        .texts(PeriodKey::subject)
        .instants(PeriodKey::periodStart);
  }

  /// All counters that a query finds.
  static List<BudgetPeriod> read(PreparedStatement statement) throws SQLException {
    return Rows.list(statement, rows -> counter(rows));
  }

  /// The key of a row that has its columns.
  static Set<PeriodKey> keys(PreparedStatement query) throws SQLException {
    Set<PeriodKey> keys = new HashSet<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        keys.add(key(rows));
      }
    }
    return keys;
  }

  public static PeriodKey key(ResultSet row) throws SQLException {
    return new PeriodKey(
        row.getObject("workspace_id", UUID.class),
        row.getObject("budget_id", UUID.class),
        row.getString("subject"),
        Instants.read(row, "period_start"));
  }

  private static BudgetPeriod counter(ResultSet row) throws SQLException {
    Period period =
        new Period(Instants.read(row, "period_start"), Instants.read(row, "period_end"));
    return new BudgetPeriod(
        key(row),
        period,
        new Money(row.getBigDecimal("limit_amount")),
        new Money(row.getBigDecimal("spend")),
        new Money(row.getBigDecimal("held")),
        row.getLong("requests"),
        row.getLong("unpriced"),
        row.getBoolean("dirty"),
        Instants.read(row, "data_as_of"),
        Instants.readOptional(row, "evaluated_at"),
        Instants.readOptional(row, "closed_at"),
        Optional.ofNullable(row.getBigDecimal("closed_spend")).map(Money::new));
  }
}
