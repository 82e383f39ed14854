package dev.stipend.budget.edit;

import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.StoredBudget;
import dev.stipend.budget.UnreadableBudget;
import dev.stipend.platform.isolation.RetriedWork;
import dev.stipend.platform.isolation.RowFault;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkItem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Clears increases that have ended. They end without it wherever a limit is read; but only
/// this has counters evaluated whose spend stood still between the two limits.
@Singleton
public class IncreaseEndings implements RetriedWork {
  private static final String ACTOR = "stipend";

  private final BudgetRepository budgets;
  private final BudgetEditing editing;
  private final SetAside setAside;

  IncreaseEndings(BudgetRepository budgets, BudgetEditing editing, SetAside setAside) {
    this.budgets = budgets;
    this.editing = editing;
    this.setAside = setAside;
  }

  /// Clears every increase that has ended, each in a transaction of its own. Several at once may
  /// meet: the second finds nothing left to change. One that cannot be cleared is set aside.
  ///
  /// @return how many there were
  public int clear(Instant now) {
    List<StoredBudget> ended = budgets.findIncreaseEnded(now);
    for (StoredBudget each : ended) {
      WorkItem item =
          each instanceof UnreadableBudget unreadable
              ? unreadable.item()
              : WorkItem.increase(each.workspaceId(), each.id());
      try {
        clear(each.workspaceId(), each.id(), now);
      } catch (RuntimeException failure) {
        if (!RowFault.is(failure)) {
          throw failure;
        }
        setAside.add(item, failure, now);
      }
    }
    return ended.size();
  }

  private void clear(UUID workspace, UUID budget, Instant now) {
    editing.edit(
        new BudgetEdit(
            workspace,
            budget,
            version -> true,
            ACTOR,
            "budget.increase-ended",
            Optional.empty(),
            (before, terms) -> terms.withIncreasesAfter(now)),
        now);
  }

  @Override
  public WorkItem.Kind kind() {
    return WorkItem.Kind.INCREASE;
  }

  @Override
  @Transactional
  public void again(WorkItem item, Instant now) {
    clear(item.workspaceId(), item.id(), now);
    setAside.clear(item);
  }
}
