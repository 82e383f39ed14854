package dev.stipend.ingest.price;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// Prices that hold for some requests only. A kind that is absent costs what it does otherwise.
///
/// @param serviceTier how the request must have been served; empty if that does not matter
/// @param inputAbove the request must have more input tokens than this; 0 if that does not matter
/// @param perMillion prices by kind, as in {@link TokenPrices}
public record ConditionalRates(
    String serviceTier, long inputAbove, Map<TokenKind, BigDecimal> perMillion) {
  /// @throws IllegalArgumentException if there is no condition or no price, or a price is out of
  ///     bounds
  public ConditionalRates {
    if (serviceTier.isEmpty() && inputAbove <= 0) {
      throw new IllegalArgumentException("rates need a serviceTier or inputAbove");
    }
    if (perMillion.isEmpty()) {
      throw new IllegalArgumentException("rates need a price");
    }
    EnumMap<TokenKind, BigDecimal> exact = new EnumMap<>(TokenKind.class);
    perMillion.forEach((kind, price) -> exact.put(kind, TokenPrices.exact(price)));
    perMillion = Collections.unmodifiableMap(exact);
  }

  boolean holdFor(String tier, long input) {
    return (serviceTier.isEmpty() || serviceTier.equals(tier)) && input > inputAbove;
  }
}
