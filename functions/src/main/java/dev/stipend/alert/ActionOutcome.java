package dev.stipend.alert;

/// What came of somebody's reaction to an alert.
public enum ActionOutcome {
  DONE,
  /// The workspace has no such alert.
  UNKNOWN,
  /// The alert is over, so that there is nothing to suppress.
  CLOSED
}
