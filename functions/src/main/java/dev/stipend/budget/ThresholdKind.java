package dev.stipend.budget;

/// What a threshold looks at.
public enum ThresholdKind {
  /// What was spent, in percent of the limit.
  ACTUAL,
  /// What will be spent by the end of the period, in percent of the limit.
  FORECAST,
  /// What the last complete hour cost, in percent of what that hour usually does.
  UNUSUAL,
  /// How long nothing was recorded, in percent of how long that usually is at this time of the
  /// week.
  STALE
}
