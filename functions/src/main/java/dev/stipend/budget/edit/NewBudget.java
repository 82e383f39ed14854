package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Threshold;
import dev.stipend.money.Money;
import dev.stipend.time.Cadence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A budget as it is asked for; see {@link Budget} for the meaning of its parts.
///
/// @param channels where its alerts go; empty means the workspace's default channels
/// @param actor who asks, for the history
/// @param owner who alone edits it; empty where anybody may
public record NewBudget(
    String name,
    Scope scope,
    String scopeId,
    Money limit,
    Cadence cadence,
    List<Threshold> thresholds,
    boolean hardLimit,
    OnFailure onFailure,
    List<UUID> channels,
    String actor,
    Optional<String> owner) {
  /// The budget as it would be, had it been there all the time: to ask what it would have done.
  public Budget proposed(UUID workspace) {
    return new Budget(
        workspace,
        new UUID(0, 0),
        name,
        scope,
        scopeId,
        limit,
        Optional.empty(),
        cadence,
        thresholds,
        hardLimit,
        onFailure,
        BudgetStatus.ACTIVE,
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
