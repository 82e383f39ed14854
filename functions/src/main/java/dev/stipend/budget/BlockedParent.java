package dev.stipend.budget;

import dev.stipend.money.Money;
import java.util.UUID;

/// A workspace's own budget that has reached its hard limit, so that no work is admitted under any
/// smaller budget either.
///
/// @param limit the limit in force
public record BlockedParent(UUID budgetId, String name, Money spend, Money limit) {
  /// Whether it stands above a budget: every budget of the workspace that is not over the whole of
  /// it.
  public boolean isAbove(Budget budget) {
    return budget.scope() != Scope.WORKSPACE;
  }
}
