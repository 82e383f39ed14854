package dev.stipend.budget.forecast;

import java.math.BigDecimal;
import java.util.Optional;

/// What a forecast rests on.
///
/// @param shareElapsed how much of the period is over, from 0 to 1; empty where it has no
///     end
/// @param requests how many requests the period has seen
/// @param daysOfHistory complete days before now of which spend is known, at most 56
public record Evidence(Optional<BigDecimal> shareElapsed, long requests, int daysOfHistory) {
  /// Before this share of a period is over, no forecast alerts.
  public static final BigDecimal LEAST_SHARE = new BigDecimal("0.10");

  /// On fewer requests, no forecast alerts.
  public static final long LEAST_REQUESTS = 20;

  /// Whether anybody may be alerted by the forecast.
  public boolean isEnough() {
    return shareElapsed.filter(share -> share.compareTo(LEAST_SHARE) >= 0).isPresent()
        && requests >= LEAST_REQUESTS;
  }
}
