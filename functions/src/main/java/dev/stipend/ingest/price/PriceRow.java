package dev.stipend.ingest.price;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.sql.Instants;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// A row of `model_prices`.
final class PriceRow {
  /// The workspace id under which the shared list prices stand.
  static final UUID LIST = new UUID(0, 0);

  static final String COLUMNS =
      """
      p.workspace_id, p.provider, p.model, p.aliases, p.effective_from, p.input_per_million, p.cached_input_per_million,
        p.cache_write_per_million, p.audio_input_per_million, p.output_per_million, p.reasoning_per_million,
        p.audio_output_per_million, p.tariff\
      """;

  private PriceRow() {}

  static ModelPrice read(ResultSet row) throws SQLException {
    Map<TokenKind, BigDecimal> prices = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      BigDecimal price = kind.hasColumn() ? row.getBigDecimal(kind.column()) : null;
      if (price != null) {
        prices.put(kind, price);
      }
    }
    List<ConditionalRates> rates = List.of();
    String tariff = row.getString("tariff");
    if (tariff != null) {
      JsonFields fields = JsonFields.of(ExactJson.parse(tariff));
      fields.object("perMillion").map(TariffJson::perMillion).ifPresent(prices::putAll);
      rates = TariffJson.rates(fields);
      fields.check();
    }
    return new ModelPrice(
        new ModelName(row.getString("provider"), row.getString("model")),
        texts(row, "aliases"),
        Instants.read(row, "effective_from"),
        new TokenPrices(prices, rates),
        !row.getObject("workspace_id", UUID.class).equals(LIST));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = Objects.requireNonNull(row.getArray(column), column);
    return List.of((String[]) array.getArray());
  }
}
