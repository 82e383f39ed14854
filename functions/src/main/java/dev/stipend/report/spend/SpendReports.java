package dev.stipend.report.spend;

import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.StatementLimit;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// Answers what was spent.
@Singleton
public class SpendReports {
  private final LedgerHorizon horizon;
  private final StatementLimit limit;
  private final JdbcOperations jdbc;

  SpendReports(LedgerHorizon horizon, StatementLimit limit, JdbcOperations jdbc) {
    this.horizon = horizon;
    this.limit = limit;
    this.jdbc = jdbc;
  }

  /// Sums the ledger of a workspace as it stands now.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException if a part of what is asked for has left
  ///     the database, naming the bound that is in the way and what can be answered
  @Transactional
  public SpendReport read(UUID workspace, SpendQuery query) {
    KnownRange.require(query, horizon.both());
    SpendSql sql = SpendSql.of(workspace, query);
    limit.sumInMemory();
    return jdbc.prepareStatement(
        sql.text(),
        statement -> {
          sql.bind(statement);
          SpendTable table = new SpendTable(query);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              table.add(
                  rows.getInt("place"),
                  rows.getInt("bucket"),
                  List.of(rows.getString("k1"), rows.getString("k2"), rows.getString("k3"))
                      .subList(0, query.groupBy().size()),
                  totals(rows));
            }
          }
          return table.report();
        });
  }

  private static SpendTotals totals(ResultSet row) throws SQLException {
    return new SpendTotals(
        new Money(row.getBigDecimal("cost")),
        row.getLong("requests"),
        row.getLong("unpriced"),
        row.getLong("input_tokens"),
        row.getLong("cached_input_tokens"),
        row.getLong("output_tokens"));
  }
}
