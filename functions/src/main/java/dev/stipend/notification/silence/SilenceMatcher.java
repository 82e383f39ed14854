package dev.stipend.notification.silence;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Scope;
import dev.stipend.platform.json.Labels;
import java.util.Optional;
import java.util.UUID;

/// What a silence is about. All of its parts have to fit; absent ones fit everything.
///
/// @param scope budgets of this scope; with `workspace`, all budgets of the workspace: one budget
///     of that scope is meant by its id
/// @param scopeId budgets of this scope id, or counters of this subject
/// @param budgetId one budget
/// @param channelId one channel
public record SilenceMatcher(
    Optional<Scope> scope,
    Optional<String> scopeId,
    Optional<UUID> budgetId,
    Optional<UUID> channelId) {
  /// Whether it fits everything, as no silence may.
  public boolean isEmpty() {
    return scope.isEmpty() && scopeId.isEmpty() && budgetId.isEmpty() && channelId.isEmpty();
  }

  /// Whether it is about the whole workspace, all budgets of which are then meant.
  public boolean isOfWorkspace() {
    return scope.filter(Scope.WORKSPACE::equals).isPresent();
  }

  /// Whether a notice to a channel is meant.
  public boolean fits(AlertSnapshot.BudgetPart budget, UUID channel) {
    return (isOfWorkspace() || fitsScope(budget))
        && budgetId.filter(id -> !id.equals(budget.id())).isEmpty()
        && channelId.filter(id -> !id.equals(channel)).isEmpty();
  }

  private boolean fitsScope(AlertSnapshot.BudgetPart budget) {
    return scope.map(Labels::of).filter(label -> !label.equals(budget.scope())).isEmpty()
        && scopeId
            .filter(id -> !id.equals(budget.scopeId()) && !id.equals(budget.subject()))
            .isEmpty();
  }
}
