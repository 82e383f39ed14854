package dev.stipend.ingest.price;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What a million tokens of each kind cost, from 0 to below a million, with at most six decimals,
/// so that the cost of any number of tokens is exact in twelve.
///
/// @param perMillion prices by kind; input and output are always there, another kind that is absent
///     costs what plain input or output does
public record TokenPrices(Map<TokenKind, BigDecimal> perMillion) {
  private static final int MOST_DECIMALS = 6;
  private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(1_000_000);
  private static final int MILLION_DIGITS = 6;

  private static final TokenKind[] KINDS = TokenKind.values();

  /// @throws IllegalArgumentException if a price is negative, a million or more, or has more than
  ///     six decimals, or there is none for input or output
  public TokenPrices {
    EnumMap<TokenKind, BigDecimal> exact = new EnumMap<>(TokenKind.class);
    perMillion.forEach((kind, price) -> exact.put(kind, exact(price)));
    if (!isComplete(exact)) {
      throw new IllegalArgumentException("input and output need a price");
    }
    perMillion = Collections.unmodifiableMap(exact);
  }

  /// Prices that may be finer than six decimals, each rounded up to them: a budget counts a
  /// millionth of a cent too much rather than too little.
  public static TokenPrices roundedUp(Map<TokenKind, BigDecimal> perMillion) {
    EnumMap<TokenKind, BigDecimal> rounded = new EnumMap<>(TokenKind.class);
    perMillion.forEach((kind, price) -> rounded.put(kind, isFine(price) ? ceiling(price) : price));
    return new TokenPrices(rounded);
  }

  /// Whether a price has more decimals than can be kept.
  public static boolean isFine(BigDecimal price) {
    return price.signum() != 0
        && price.compareTo(TOO_MUCH) < 0
        && price.stripTrailingZeros().scale() > MOST_DECIMALS;
  }

  /// The price of a kind: its own, or that of plain input or output.
  public BigDecimal of(TokenKind kind) {
    BigDecimal own = perMillion.get(kind);
    return own == null ? of(kind.fallback()) : own;
  }

  /// The exact cost of the tokens. It has at most 12 integer digits, because tokens and prices are
  /// bounded.
  public Money costOf(TokenUsage tokens) {
    BigDecimal cost = BigDecimal.ZERO;
    for (TokenKind kind : KINDS) {
      long count = kind.count(tokens);
      if (count > 0) {
        cost = cost.add(of(kind).multiply(BigDecimal.valueOf(count)));
      }
    }
    return new Money(cost.movePointLeft(MILLION_DIGITS));
  }

  /// Whether any tokens cost the same by these prices as by those.
  public boolean sameRates(TokenPrices other) {
    return Arrays.stream(KINDS).allMatch(kind -> of(kind).compareTo(other.of(kind)) == 0);
  }

  private static BigDecimal ceiling(BigDecimal price) {
    return price.setScale(MOST_DECIMALS, RoundingMode.CEILING);
  }

  /// Whether there is a price of every kind that needs one.
  static boolean isComplete(Map<TokenKind, BigDecimal> perMillion) {
    return Arrays.stream(KINDS)
        .allMatch(kind -> !kind.isRequired() || perMillion.containsKey(kind));
  }

  /// The price as it is kept.
  ///
  /// @throws IllegalArgumentException if it is out of bounds or too fine
  static BigDecimal exact(BigDecimal price) {
    boolean fits = price.signum() >= 0 && price.compareTo(TOO_MUCH) < 0;
    if (!fits || price.stripTrailingZeros().scale() > MOST_DECIMALS) {
      throw new IllegalArgumentException(
          "a price per million is from 0 to below " + TOO_MUCH + " and has at most six decimals");
    }
    // A zero may have any exponent, and adding to 0e-2000000000 would fill the memory.
    return price.signum() == 0
        ? BigDecimal.ZERO
        : price.setScale(MOST_DECIMALS, RoundingMode.UNNECESSARY);
  }
}
