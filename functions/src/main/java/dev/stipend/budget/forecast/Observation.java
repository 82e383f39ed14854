package dev.stipend.budget.forecast;

import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.time.Instant;
import java.time.ZoneId;

/// All that a forecast starts from.
///
/// @param period whose end is asked for; it contains `now`
/// @param zone whose days and weeks spend follows
/// @param now the instant of the forecast
/// @param spend what the period has spent until now
/// @param requests how many requests that were
/// @param recent what was spent before now, in this period and before it
public record Observation(
    Period period, ZoneId zone, Instant now, Money spend, long requests, SpendHours recent) {
  /// @throws IllegalArgumentException if `now` is not in the period
  public Observation {
    if (!period.contains(now)) {
      throw new IllegalArgumentException(now + " is not in the period " + period);
    }
  }
}
