package dev.stipend.ingest.price;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A tariff: what a million tokens of each kind cost, from 0 to below a million, with at most six
/// decimals, so that the cost of any number of tokens is exact in twelve.
///
/// @param perMillion prices by kind; input and output are always there, another kind that is absent
///     costs what the kind does that stands in for it, such as plain input or output
/// @param rates prices of requests that are long or served in another way. Of those that hold for
///     a request the longest context goes first, and with a service tier before without
public record TokenPrices(Map<TokenKind, BigDecimal> perMillion, List<ConditionalRates> rates) {
  private static final int MOST_DECIMALS = 6;
  private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(1_000_000);
  private static final int MILLION_DIGITS = 6;

  private static final TokenKind[] KINDS = TokenKind.values();

  private static final Comparator<ConditionalRates> PRECEDENCE =
      Comparator.comparingLong(ConditionalRates::inputAbove)
          .reversed()
          .thenComparing(one -> one.serviceTier().isEmpty());

  /// What a request costs.
  ///
  /// @param cost exact
  /// @param assumed what nobody told and was taken to be what costs most, by the names of the
  ///     event's fields
  public record Quote(Money cost, List<String> assumed) {}

  /// @throws IllegalArgumentException if a price is negative, a million or more, or has more than
  ///     six decimals, or there is none for input or output
  public TokenPrices {
    EnumMap<TokenKind, BigDecimal> exact = new EnumMap<>(TokenKind.class);
    perMillion.forEach((kind, price) -> exact.put(kind, exact(price)));
    if (!isComplete(exact)) {
      throw new IllegalArgumentException("input and output need a price");
    }
    perMillion = Collections.unmodifiableMap(exact);
    rates = rates.stream().sorted(PRECEDENCE).toList();
  }

  /// Prices that are the same for every request.
  public TokenPrices(Map<TokenKind, BigDecimal> perMillion) {
    this(perMillion, List.of());
  }

  /// Prices that may be finer than six decimals, each rounded up to them: a budget counts a
  /// millionth of a cent too much rather than too little.
  public static Map<TokenKind, BigDecimal> roundedUp(Map<TokenKind, BigDecimal> perMillion) {
    EnumMap<TokenKind, BigDecimal> rounded = new EnumMap<>(TokenKind.class);
    perMillion.forEach((kind, price) -> rounded.put(kind, isFine(price) ? ceiling(price) : price));
    return rounded;
  }

  /// Whether a price has more decimals than can be kept.
  public static boolean isFine(BigDecimal price) {
    return price.signum() != 0
        && price.compareTo(TOO_MUCH) < 0
        && price.stripTrailingZeros().scale() > MOST_DECIMALS;
  }

  /// The price of a kind in an ordinary request: its own, or that of the kind that stands in.
  public BigDecimal of(TokenKind kind) {
    BigDecimal own = perMillion.get(kind);
    return own == null ? of(kind.fallback()) : own;
  }

  /// The exact cost of the tokens. It has at most 12 integer digits, because tokens and prices are
  /// bounded.
  public Money costOf(TokenUsage tokens) {
    return quote(tokens).cost();
  }

  /// The exact cost of the tokens, and what was assumed.
  public Quote quote(TokenUsage tokens) {
    String tier = tokens.details().serviceTier();
    BigDecimal cost = cost(tokens, tier);
    List<String> assumed = new ArrayList<>();
    if (tier.equals(ServiceTier.AUTO)) {
      cost = cost.max(cost(tokens, ServiceTier.PRIORITY));
    }
    if (!tier.isEmpty() && rates.stream().noneMatch(one -> one.serviceTier().equals(tier))) {
      assumed.add("serviceTier");
    }
    if (tokens.cachedInput() > 0
        && tokens.audioInput() > 0
        && tokens.details().cachedAudioInput().isEmpty()) {
      assumed.add("cachedAudioInputTokens");
    }
    if (tokens.cachedInput() > 0
        && tokens.details().imageInput() > 0
        && tokens.details().cachedImageInput().isEmpty()) {
      assumed.add("cachedImageInputTokens");
    }
    return new Quote(new Money(cost.movePointLeft(MILLION_DIGITS)), List.copyOf(assumed));
  }

  private BigDecimal cost(TokenUsage tokens, String tier) {
    return rates.isEmpty()
        ? TokenCost.of(tokens, this::of)
        : TokenCost.of(tokens, kind -> rate(kind, tier, tokens.input()));
  }

  private BigDecimal rate(TokenKind kind, String tier, long input) {
    for (ConditionalRates each : rates) {
      BigDecimal rate = each.holdFor(tier, input) ? each.perMillion().get(kind) : null;
      if (rate != null) {
        return rate;
      }
    }
    BigDecimal ordinary = perMillion.get(kind);
    return ordinary == null ? rate(kind.fallback(), tier, input) : ordinary;
  }

  /// Whether any tokens cost the same by these prices as by those.
  public boolean sameRates(TokenPrices other) {
    return Arrays.stream(KINDS).allMatch(kind -> of(kind).compareTo(other.of(kind)) == 0)
        && rates.equals(other.rates);
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
