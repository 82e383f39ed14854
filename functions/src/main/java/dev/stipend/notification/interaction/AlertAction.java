package dev.stipend.notification.interaction;

import dev.stipend.platform.json.Labels;
import java.util.Optional;

/// What people may answer to an alert where they read it.
public enum AlertAction {
  ACKNOWLEDGE,
  /// To hear of it again in an hour.
  SNOOZE_HOUR,
  /// To hear of it no more in this period.
  SNOOZE_RESET,
  /// To raise the limit by a fifth until the period ends.
  RAISE;

  /// The answer of a label.
  public static Optional<AlertAction> of(String label) {
    return Optional.ofNullable(Labels.choices(AlertAction.class).get(label));
  }
}
