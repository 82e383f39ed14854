package dev.stipend.alert;

import dev.stipend.budget.Threshold;

/// What an alert is about.
public enum AlertType {
  /// Spend reached a line below the limit.
  LIMIT_WARNING,
  /// Spend reached the limit, or a line above it.
  LIMIT_EXCEEDED;

  static AlertType of(Threshold threshold) {
    return threshold.isAtLimit() ? LIMIT_EXCEEDED : LIMIT_WARNING;
  }
}
