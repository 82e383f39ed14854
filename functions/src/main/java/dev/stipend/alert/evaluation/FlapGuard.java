package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.budget.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Delays alerts of a key that opens again and again, and forgets none: after three openings within
/// an hour, the next is held back until the hour is over. An edit of the budget lets it be sent at
/// once.
public final class FlapGuard {
  /// So many openings of a key are announced within {@link #WINDOW}.
  public static final int MOST_OPENINGS = 3;

  private static final Duration WINDOW = Duration.ofHours(1);

  private FlapGuard() {}

  /// Until when an alert of a key that opens now is held back; empty if it is sent.
  ///
  /// @param alerts all alerts of the counter
  static Optional<Instant> hold(
      AlertThreshold key, List<LoggedAlert> alerts, Budget budget, Instant now) {
    Instant edited = budget.updatedAt();
    Instant recent = now.minus(WINDOW);
    List<Instant> announced =
        alerts.stream()
            .filter(alert -> key.isKeyOf(alert) && alert.heldUntil().isEmpty())
            .map(LoggedAlert::raisedAt)
            .filter(at -> at.isAfter(recent) && !at.isBefore(edited))
            .sorted(Comparator.reverseOrder())
            .toList();
    return announced.size() < MOST_OPENINGS
        ? Optional.empty()
        : Optional.of(announced.get(MOST_OPENINGS - 1).plus(WINDOW));
  }
}
