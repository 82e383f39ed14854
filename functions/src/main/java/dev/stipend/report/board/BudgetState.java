package dev.stipend.report.board;

import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.AlertType;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.money.Money;
import java.util.List;

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
  IDLE;

  /// How one counter of a budget stands, as {@link BudgetBoard} says it of many.
  ///
  /// @param limit in force
  /// @param open alerts of the counter that are open
  public static BudgetState of(
      Budget budget, BudgetPeriod counter, Money limit, List<AlertRecord> open) {
    Money used = counter.spend().plus(counter.held());
    if (budget.status() == BudgetStatus.ARCHIVED) {
      return IDLE;
    }
    if (budget.status() == BudgetStatus.PAUSED) {
      return PAUSED;
    }
    if (budget.hardLimit() && used.compareTo(limit) >= 0) {
      return REFUSING;
    }
    if (counter.spend().isPositive() && counter.spend().compareTo(limit) >= 0) {
      return OVER;
    }
    if (open.stream().anyMatch(alert -> alert.type() == AlertType.STALE_DATA)) {
      return STALE;
    }
    return open.isEmpty() ? OK : AT_RISK;
  }
}
