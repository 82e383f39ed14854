package dev.stipend.report.board;

/// How a budget stands, worst first.
public enum BudgetState {
  /// Its hard limit has no headroom left: work is refused.
  REFUSING,
  /// Its limit is reached.
  OVER,
  /// Nothing is recorded, though something should be.
  STALE,
  /// An alert of its running period is open.
  AT_RISK,
  /// None of the others.
  OK,
  /// It counts, but neither alerts nor refuses.
  PAUSED,
  /// It has not begun, or is over.
  IDLE
}
