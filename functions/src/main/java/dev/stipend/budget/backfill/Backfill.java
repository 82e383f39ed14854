package dev.stipend.budget.backfill;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// How far the counters of a budget are made from what was recorded before.
///
/// @param periods how many there are to fill
/// @param filled how many are
/// @param until those are filled that begin at or after it, the current one first; empty while none
///     is
/// @param remaining whether only periods are filled that are not final
public record Backfill(
    UUID workspaceId,
    UUID budgetId,
    UUID runId,
    int periods,
    int filled,
    Optional<Instant> until,
    boolean remaining) {
  /// Whether the spend of the current period is known.
  public boolean knowsCurrent() {
    return until.isPresent();
  }
}
