package dev.stipend.alert;

import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What an alert of a counter is about, and how people are notified. Type and percent make its key:
/// at most one alert of a counter is open for each.
///
/// @param type what was found
/// @param percent of the limit; 0 where no percent is meant
/// @param severity how bad it is
/// @param channels where to notify; empty means the budget's channels
/// @param remindEvery after how long to send a reminder while it is open; empty for never
public record AlertThreshold(
    AlertType type,
    BigDecimal percent,
    Severity severity,
    List<UUID> channels,
    Optional<Duration> remindEvery) {
  /// Some usage has no price, so spend is more than it says.
  public static final AlertThreshold UNPRICED =
      new AlertThreshold(
          AlertType.UNPRICED_USAGE, BigDecimal.ZERO, Severity.WARNING, List.of(), Optional.empty());

  /// A threshold of a period that runs.
  public static AlertThreshold of(Threshold threshold) {
    AlertType type =
        switch (threshold.kind()) {
          case ACTUAL -> threshold.isAtLimit() ? AlertType.LIMIT_EXCEEDED : AlertType.LIMIT_WARNING;
          case FORECAST -> AlertType.APPROACHING_LIMIT;
          case UNUSUAL -> AlertType.UNUSUAL_ACTIVITY;
          case STALE -> AlertType.STALE_DATA;
        };
    return new AlertThreshold(
        type,
        threshold.percent(),
        threshold.severity(),
        threshold.channels(),
        threshold.remindEvery());
  }

  /// The same threshold of a period that is over.
  public static AlertThreshold restated(Threshold threshold) {
    return new AlertThreshold(
        AlertType.RESTATED,
        threshold.percent(),
        threshold.severity(),
        threshold.channels(),
        Optional.empty());
  }

  /// The percent without zeros that say nothing.
  public String shown() {
    return Threshold.plain(percent).toPlainString();
  }

  public boolean isKeyOf(LoggedAlert alert) {
    return alert.type() == type && alert.threshold().compareTo(percent) == 0;
  }
}
