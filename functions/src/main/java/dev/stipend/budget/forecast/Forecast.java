package dev.stipend.budget.forecast;

import dev.stipend.money.Money;
import java.math.BigDecimal;

/// What a period is expected to have spent at its end; `low` ≤ `amount` ≤ `high`.
///
/// @param amount the expected spend, never below what is spent already
/// @param low spend is expected to end below it in one of ten cases
/// @param high spend is expected to end above it in one of ten cases
/// @param evidence what the forecast rests on
public record Forecast(Money amount, Money low, Money high, Evidence evidence) {
  /// An alert that a forecast raised resolves under this part of its threshold only.
  public static final BigDecimal RESOLVES_UNDER = new BigDecimal("0.95");

  /// Whether the forecast raises an alert at a threshold: it reaches it, on enough evidence.
  ///
  /// @param percent of the limit
  public boolean raises(BigDecimal percent, Money limit) {
    return evidence.isEnough() && amount.reaches(percent, limit);
  }

  /// Whether an alert at the threshold that is open stays so. What raised it does not fall back by
  /// going just under the threshold, or by asking for evidence again.
  ///
  /// @param percent of the limit
  public boolean sustains(BigDecimal percent, Money limit) {
    return amount.reaches(percent.multiply(RESOLVES_UNDER), limit);
  }
}
