package dev.stipend.budget;

/// Whether a budget watches.
public enum BudgetStatus {
  ACTIVE,
  /// Counts, but neither alerts nor denies.
  PAUSED,
  /// Kept for its history only.
  ARCHIVED;
}
