package dev.stipend.enforcement;

import dev.stipend.enforcement.headroom.Headroom;
import java.util.List;
import java.util.UUID;

/// Whether work may be done, and what that rests on.
///
/// @param id names the decision; a refusal is in the audit log under it
/// @param estimate what was decided about
/// @param budgets every budget that counts the work, with its headroom before it
/// @param verified false where the database did not answer, or a hard limit could not be read, and
///     every budget concerned is open then
public record Decision(UUID id, Estimate estimate, List<Headroom> budgets, boolean verified) {

  public boolean isAllowed() {
    return budgets.stream().noneMatch(this::isDeniedBy);
  }

  public boolean isDeniedBy(Headroom budget) {
    return budget.denies(estimate.cost());
  }

  /// The budgets that refuse the work.
  public List<Headroom> denying() {
    return budgets.stream().filter(this::isDeniedBy).toList();
  }
}
