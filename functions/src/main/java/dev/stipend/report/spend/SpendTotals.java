package dev.stipend.report.spend;

import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;

/// What some events come to.
///
/// @param cost their costs, adjustments included
/// @param requests how many requests they are; adjustments are none
/// @param unpriced how many of them nobody could price
/// @param inputTokens input, cached included
/// @param cachedInputTokens the cached part of the input
/// @param outputTokens output
@Serdeable
public record SpendTotals(
    Money cost,
    long requests,
    long unpriced,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens) {
  public static final SpendTotals ZERO = new SpendTotals(Money.ZERO, 0, 0, 0, 0, 0);

  public SpendTotals plus(SpendTotals other) {
    return new SpendTotals(
        cost.plus(other.cost),
        requests + other.requests,
        unpriced + other.unpriced,
        inputTokens + other.inputTokens,
        cachedInputTokens + other.cachedInputTokens,
        outputTokens + other.outputTokens);
  }
}
