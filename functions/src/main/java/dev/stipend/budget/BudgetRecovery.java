package dev.stipend.budget;

import dev.stipend.isolation.RetriedWork;
import dev.stipend.isolation.SetAside;
import dev.stipend.isolation.WorkItem;
import dev.stipend.spend.LedgerLock;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;

/// Takes budgets up again that were set aside, once they can be read. What was recorded meanwhile,
/// and they did not count, is in the ledger, from which their counters are made again.
@Singleton
public class BudgetRecovery implements RetriedWork {
  private final BudgetRepository budgets;
  private final BudgetPeriodRebuild rebuild;
  private final LedgerLock lock;
  private final SetAside setAside;

  BudgetRecovery(
      BudgetRepository budgets, BudgetPeriodRebuild rebuild, LedgerLock lock, SetAside setAside) {
    this.budgets = budgets;
    this.rebuild = rebuild;
    this.lock = lock;
    this.setAside = setAside;
  }

  @Override
  public WorkItem.Kind kind() {
    return WorkItem.Kind.BUDGET;
  }

  /// @throws UnreadableBudgetException if it still cannot be read
  @Override
  @Transactional
  public Runnable again(WorkItem item, Instant now) {
    // First of all: a recorder that could not read the budget may be about to say so.
    lock.standstill(item.workspaceId());
    budgets
        .find(item.workspaceId(), item.id())
        .filter(budget -> budget.status() != BudgetStatus.ARCHIVED && setAside.isUncounted(item))
        .ifPresent(budget -> rebuild.refill(budget, now));
    setAside.clear(item);
    return () -> {};
  }
}
