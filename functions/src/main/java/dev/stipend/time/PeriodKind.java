package dev.stipend.time;

/// How long a budget's period lasts.
public enum PeriodKind {
  HOURLY,
  DAILY,
  WEEKLY,
  MONTHLY,
  QUARTERLY,
  YEARLY,
  /// One period, from the budget's start to its optional end.
  TOTAL;
}
