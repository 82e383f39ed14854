package dev.stipend.notification.interaction;

import dev.stipend.platform.json.Labels;
import java.util.Optional;

/// What people may answer to an alert where they read it.
public enum AlertAction {
  ACKNOWLEDGE,
  /// Snooze it for an hour.
  SNOOZE_HOUR,
  /// Snooze it until the period ends.
  SNOOZE_RESET,
  /// To raise the limit by a fifth until the period ends.
  RAISE;

  /// The answer of a label.
  public static Optional<AlertAction> of(String label) {
    return Optional.ofNullable(Labels.choices(AlertAction.class).get(label));
  }
}
