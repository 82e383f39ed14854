package dev.stipend.alert;

import dev.stipend.alert.evaluation.FlapGuard;
import dev.stipend.budget.Severity;
import dev.stipend.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Why notifications are suppressed, and until when.
///
/// @param upTo the highest severity that is kept from them
/// @param reason for people
/// @param until the first instant at which they may be sent again; {@link
///     dev.stipend.time.Period#FOREVER} if it is over when the alert is
public record Suppression(Severity upTo, String reason, Instant until) {
  /// After how long it is looked whether a budget is still paused, should nobody have noticed that
  /// it is not.
  private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(15);

  /// The budget is paused: alerts that are open when it is active again are sent then.
  public static Suppression paused(Instant now) {
    return new Suppression(Severity.CRITICAL, "the budget is paused", now.plus(LOOKED_AT_AGAIN));
  }

  /// Never to be sent.
  public static Suppression forGood(String reason) {
    return new Suppression(Severity.CRITICAL, reason, Period.FOREVER);
  }

  /// Its threshold was crossed too often lately.
  static Suppression heldBack(Instant until) {
    return new Suppression(
        Severity.CRITICAL,
        "held back until %s, because its threshold was crossed %d times within an hour; sent then if still met"
            .formatted(until, FlapGuard.MOST_OPENINGS),
        until);
  }

  /// What keeps an alert of a counter from people: that they have acknowledged or snoozed it, or an
  /// open one of the same matter that is as severe. A higher severity is sent.
  ///
  /// @param alerts the alerts of the counter
  /// @return the one that lasts longest
  public static Optional<Suppression> over(
      List<LoggedAlert> alerts, AlertType type, Severity severity, Instant now) {
    return alerts.stream()
        .filter(alert -> alert.isOpen() && alert.type().isOfSameMatter(type))
        .flatMap(alert -> alert.suppression().stream())
        .filter(
            suppression ->
                suppression.until().isAfter(now) && suppression.upTo().compareTo(severity) >= 0)
        .max(Comparator.comparing(Suppression::until));
  }
}
