package dev.stipend.budget;

import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Which budgets a list shows, and from where on.
///
/// @param status only these; all but archived ones where absent
/// @param scope only these
/// @param scopeId only these
/// @param nameContains only names with this text, in either case
/// @param createdBefore the place of the last budget of the page before, with `idBefore`
/// @param idBefore see `createdBefore`
public record BudgetFilter(
    Optional<BudgetStatus> status,
    Optional<Scope> scope,
    Optional<String> scopeId,
    Optional<String> nameContains,
    Instant createdBefore,
    UUID idBefore) {
  public static final BudgetFilter ALL =
      new BudgetFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Period.FOREVER,
          new UUID(-1, -1));
}
