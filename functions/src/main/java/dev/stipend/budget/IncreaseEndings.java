package dev.stipend.budget;

import dev.stipend.sql.AfterCommit;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/// Clears increases that have ended. They end without it, for whoever asks for a limit; but only
/// this has counters evaluated whose spend stood still between the two limits.
@Singleton
public class IncreaseEndings {
  private static final String ACTOR = "stipend";

  private final BudgetRepository budgets;
  private final BudgetEditing editing;

  IncreaseEndings(BudgetRepository budgets, BudgetEditing editing) {
    this.budgets = budgets;
    this.editing = editing;
  }

  /// Clears every increase that has ended, each in a transaction of its own. Several at once may
  /// meet: the second finds nothing left to change.
  public void clear(Instant now) {
    for (Budget ended : budgets.findIncreaseEnded(now)) {
      AfterCommit later = new AfterCommit();
      editing.edit(
          new BudgetEdit(
              ended.workspaceId(),
              ended.id(),
              version -> true,
              ACTOR,
              "budget.increase-ended",
              Optional.empty(),
              (budget, terms) ->
                  terms.withIncrease(
                      terms.increase().filter(increase -> now.isBefore(increase.until())))),
          now,
          later);
      later.run();
    }
  }
}
