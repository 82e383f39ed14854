package dev.stipend.maintenance.reconciliation;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.UnreadableBudgetException;
import dev.stipend.budget.backfill.Backfilling;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.platform.isolation.RetriedWork;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.platform.sql.AfterCommit;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Takes budgets up again that were set aside, once they can be read. What was recorded meanwhile,
/// and they did not count, is in the ledger, from which their counters are made again.
@Singleton
public class BudgetRecovery implements RetriedWork {
  private final BudgetRepository budgets;
  private final Backfilling backfilling;
  private final ReconciliationRuns runs;
  private final LedgerLock lock;
  private final SetAside setAside;
  private final AfterCommit afterCommit;

  BudgetRecovery(
      BudgetRepository budgets,
      Backfilling backfilling,
      ReconciliationRuns runs,
      LedgerLock lock,
      SetAside setAside,
      AfterCommit afterCommit) {
    this.budgets = budgets;
    this.backfilling = backfilling;
    this.runs = runs;
    this.lock = lock;
    this.setAside = setAside;
    this.afterCommit = afterCommit;
  }

  @Override
  public WorkItem.Kind kind() {
    return WorkItem.Kind.BUDGET;
  }

  /// @throws UnreadableBudgetException if it still cannot be read
  @Override
  @Transactional
  public void again(WorkItem item, Instant now) {
    // First of all: a recorder that could not read the budget may be about to say so.
    lock.standstill(item.workspaceId());
    Optional<Budget> missing =
        budgets
            .find(item.workspaceId(), item.id())
            .filter(
                budget -> budget.status() != BudgetStatus.ARCHIVED && setAside.isUncounted(item));
    missing.ifPresent(
        budget -> {
          // What it found missing would be added twice.
          runs.interrupt(item.workspaceId());
          backfilling.beginAgain(budget, now);
          afterCommit.run(() -> backfilling.fillAtOnce(budget, now));
        });
    setAside.clear(item);
  }
}
