package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;

/// An edit of a budget, as somebody asks for it.
///
/// @param expected which versions may be edited; others have changed since they were read
/// @param actor who asks; a budget with an owner is edited by that owner only
/// @param action what the audit log calls it, such as `budget.update`
/// @param reason why, if a reason was given
/// @param change what is to change
public record BudgetEdit(
    UUID workspaceId,
    UUID budgetId,
    IntPredicate expected,
    String actor,
    String action,
    Optional<String> reason,
    Change change) {
  /// Archives a budget, and ends what raises its limit.
  public static BudgetEdit archive(
      UUID workspaceId, UUID budgetId, IntPredicate expected, String actor) {
    return new BudgetEdit(
        workspaceId,
        budgetId,
        expected,
        actor,
        "budget.archive",
        Optional.empty(),
        (budget, terms) -> terms.withStatus(BudgetStatus.ARCHIVED).withoutIncreases());
  }

  /// Makes the new terms of a budget from those in force.
  @FunctionalInterface
  public interface Change {
    /// The new terms.
    ///
    /// @throws dev.stipend.platform.json.InvalidJsonException if it is impossible for this budget,
    ///     naming the field
    BudgetTerms of(Budget budget, BudgetTerms terms);
  }
}
