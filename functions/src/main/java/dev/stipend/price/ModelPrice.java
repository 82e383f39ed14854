package dev.stipend.price;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/// The price of a model from an instant on, per million tokens.
///
/// @param provider who sells it
/// @param model its name at that provider
/// @param effectiveFrom the first instant at which the price holds
/// @param input price of a million input tokens
/// @param cachedInput price of a million cached input tokens; where absent, they cost what others
///     do
/// @param output price of a million output tokens
/// @param own whether the workspace set it, rather than the shared list
public record ModelPrice(
    String provider,
    String model,
    Instant effectiveFrom,
    BigDecimal input,
    Optional<BigDecimal> cachedInput,
    BigDecimal output,
    boolean own) {
  private static final int MOST_DECIMALS = 6;
  private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(1_000_000);
  private static final int MILLION_DIGITS = 6;

  /// @throws IllegalArgumentException if a price is negative, a million or more, or has more than
  ///     six decimals
  public ModelPrice {
    input = exact(input);
    cachedInput = cachedInput.map(ModelPrice::exact);
    output = exact(output);
  }

  /// The exact cost of the tokens. It has at most 12 integer digits, because tokens and prices are
  /// bounded.
  public Money costOf(TokenUsage tokens) {
    BigDecimal fresh = input.multiply(BigDecimal.valueOf(tokens.input() - tokens.cachedInput()));
    BigDecimal cached =
        cachedInput.orElse(input).multiply(BigDecimal.valueOf(tokens.cachedInput()));
    BigDecimal generated = output.multiply(BigDecimal.valueOf(tokens.output()));
    return new Money(fresh.add(cached).add(generated).movePointLeft(MILLION_DIGITS));
  }

  boolean sameRates(ModelPrice other) {
    return input.compareTo(other.input) == 0
        && output.compareTo(other.output) == 0
        && cachedInput.orElse(input).compareTo(other.cachedInput.orElse(other.input)) == 0;
  }

  private static BigDecimal exact(BigDecimal price) {
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
