package dev.stipend.ingest.price;

import dev.stipend.money.Money;
import dev.stipend.platform.json.JsonFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prices by kind of token, and rates of some requests, as JSON has them: `perMillion`, and `rates`
/// with `serviceTier`, `inputAbove` and `perMillion` each.
public final class TariffJson {
  private static final int LONGEST_TIER = 40;
  private static final int MOST_RATES = 50;

  private TariffJson() {}

  /// Reads the prices by kind; those that are wrong are noted, and left out.
  static Map<TokenKind, BigDecimal> perMillion(JsonFields fields) {
    Map<TokenKind, BigDecimal> prices = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      fields.money(kind.label()).ifPresent(price -> put(prices, kind, price, fields));
    }
    return prices;
  }

  private static void put(
      Map<TokenKind, BigDecimal> prices, TokenKind kind, Money price, JsonFields fields) {
    try {
      prices.put(kind, TokenPrices.exact(price.amount()));
    } catch (IllegalArgumentException wrong) {
      fields.error(kind.label(), "is invalid: " + wrong.getMessage());
    }
  }

  /// Reads `rates`; those that are wrong are noted, and left out.
  static List<ConditionalRates> rates(JsonFields fields) {
    List<ConditionalRates> rates = new ArrayList<>();
    List<?> given = fields.list("rates").orElse(List.of());
    if (given.size() > MOST_RATES) {
      fields.error("rates", "must have at most " + MOST_RATES + " entries");
      return rates;
    }
    for (int i = 0; i < given.size(); i++) {
      JsonFields entry = fields.element("rates", i, given.get(i));
      String tier = entry.text("serviceTier", LONGEST_TIER).map(ServiceTier::of).orElse("");
      long above = entry.whole("inputAbove", 1, TokenUsage.MOST).orElse(0L);
      entry.require("perMillion");
      Optional<JsonFields> prices = entry.object("perMillion");
      Map<TokenKind, BigDecimal> perMillion = prices.map(TariffJson::perMillion).orElse(Map.of());
      prices.ifPresent(JsonFields::refuseUnknown);
      entry.refuseUnknown();
      if (tier.isEmpty() && above == 0) {
        entry.error("serviceTier", "or inputAbove is required: rates are for some requests only");
      } else if (!perMillion.isEmpty()) {
        rates.add(new ConditionalRates(tier, above, perMillion));
      } else if (prices.isPresent()) {
        entry.error("perMillion", "must have a price");
      }
    }
    return rates;
  }

  /// Prices by kind as they are shown: decimals as texts.
  public static Map<String, String> shown(Map<TokenKind, BigDecimal> perMillion) {
    Map<String, String> shown = new LinkedHashMap<>();
    perMillion.forEach(
        (kind, price) -> shown.put(kind.label(), price.stripTrailingZeros().toPlainString()));
    return shown;
  }

  /// What has no column in the price book, as it stands there; empty if there is nothing.
  static Optional<Map<String, Object>> stored(TokenPrices prices) {
    Map<TokenKind, BigDecimal> rare = new EnumMap<>(TokenKind.class);
    prices
        .perMillion()
        .forEach(
            (kind, price) -> {
              if (!kind.hasColumn()) {
                rare.put(kind, price);
              }
            });
    Map<String, Object> stored = new LinkedHashMap<>();
    if (!rare.isEmpty()) {
      stored.put("perMillion", shown(rare));
    }
    if (!prices.rates().isEmpty()) {
      stored.put("rates", prices.rates().stream().map(TariffJson::stored).toList());
    }
    return stored.isEmpty() ? Optional.empty() : Optional.of(stored);
  }

  private static Map<String, Object> stored(ConditionalRates rates) {
    Map<String, Object> stored = new LinkedHashMap<>();
    if (!rates.serviceTier().isEmpty()) {
      stored.put("serviceTier", rates.serviceTier());
    }
    if (rates.inputAbove() > 0) {
      stored.put("inputAbove", rates.inputAbove());
    }
    stored.put("perMillion", shown(rates.perMillion()));
    return stored;
  }
}
