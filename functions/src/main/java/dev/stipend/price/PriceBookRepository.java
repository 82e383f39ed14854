package dev.stipend.price;

import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads the part of the price book that a batch of events needs.
@Singleton
public class PriceBookRepository {
  /// The workspace id under which the shared list prices stand.
  static final UUID LIST = new UUID(0, 0);

  private final JdbcOperations jdbc;

  PriceBookRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The prices of these models: the workspace's own and the list's in its currency.
  @Transactional
  public PriceBook load(UUID workspace, String currency, Collection<String> models) {
    return jdbc.prepareStatement(
        """
        SELECT workspace_id, provider, model, effective_from, input_per_million, cached_input_per_million,
          output_per_million
        FROM stipend.model_prices
        WHERE workspace_id IN (?, ?)
          AND currency = ?
          AND model = ANY (?)
        """,
        statement -> {
          statement.setObject(1, LIST);
          statement.setObject(2, workspace);
          statement.setString(3, currency);
          statement.setArray(4, statement.getConnection().createArrayOf("text", models.toArray()));
          List<ModelPrice> prices = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              prices.add(price(rows));
            }
          }
          return new PriceBook(prices);
        });
  }

  private static ModelPrice price(ResultSet row) throws SQLException {
    return new ModelPrice(
        row.getString("provider"),
        row.getString("model"),
        Instants.read(row, "effective_from"),
        row.getBigDecimal("input_per_million"),
        Optional.ofNullable(row.getBigDecimal("cached_input_per_million")),
        row.getBigDecimal("output_per_million"),
        !row.getObject("workspace_id", UUID.class).equals(LIST));
  }
}
