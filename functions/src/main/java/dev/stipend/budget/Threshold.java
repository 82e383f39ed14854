package dev.stipend.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What spend may reach, and who is notified then.
///
/// @param kind what is compared with the threshold
/// @param percent where the threshold is, in percent of the limit; above 0, with at most three
///     decimals
/// @param severity how bad reaching it is
/// @param channels where to notify; empty means the budget's channels
/// @param remindEvery after how long to send a reminder of an alert that is still open; empty for
///     never
public record Threshold(
    ThresholdKind kind,
    BigDecimal percent,
    Severity severity,
    List<UUID> channels,
    Optional<Duration> remindEvery) {
  /// The percent at which the limit is reached.
  static final BigDecimal LIMIT = BigDecimal.valueOf(100);

  private static final int DECIMALS = 3;
  private static final BigDecimal TOO_FAR = BigDecimal.valueOf(1_000_000);

  /// @throws IllegalArgumentException if the percent is out of range
  public Threshold {
    boolean fits = percent.signum() > 0 && percent.compareTo(TOO_FAR) < 0;
    if (!fits || percent.stripTrailingZeros().scale() > DECIMALS) {
      throw new IllegalArgumentException(
          "must be above 0, below " + TOO_FAR + ", with at most " + DECIMALS + " decimals");
    }
    percent = percent.setScale(DECIMALS, RoundingMode.UNNECESSARY);
    channels = List.copyOf(channels);
  }

  /// A threshold on actual spend with the severity that its height suggests: critical from 100 %.
  public static Threshold actual(BigDecimal percent) {
    return new Threshold(
        ThresholdKind.ACTUAL,
        percent,
        usualSeverity(ThresholdKind.ACTUAL, percent),
        List.of(),
        Optional.empty());
  }

  /// A forecast is a warning at any percent: there still is time.
  public static Severity usualSeverity(ThresholdKind kind, BigDecimal percent) {
    return kind != ThresholdKind.ACTUAL || percent.compareTo(LIMIT) < 0
        ? Severity.WARNING
        : Severity.CRITICAL;
  }

  /// Whether reaching it means that the limit is reached.
  public boolean isAtLimit() {
    return percent.compareTo(LIMIT) >= 0;
  }

  /// The percent without zeros that say nothing.
  public String shown() {
    return plain(percent).toPlainString();
  }

  /// A percent without zeros that say nothing, and without an exponent.
  public static BigDecimal plain(BigDecimal percent) {
    BigDecimal stripped = percent.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
  }
}
