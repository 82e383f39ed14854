package dev.stipend.ingest.ledger;

import dev.stipend.tenant.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Port: counts recorded events in totals that the ledger does not know of.
public interface SpendCounter {
  /// Counts the events, inside the transaction that records them.
  ///
  /// @param freed holds that end with them
  void count(Workspace workspace, List<PricedEvent> events, List<FreedHold> freed, Instant now);

  /// The name of a total that would count an adjustment in another period than the event that it
  /// corrects; empty where each counts both in one, or the adjustment not at all.
  ///
  /// @param corrected when that event happened
  Optional<String> countsApart(Workspace workspace, UsageEvent adjustment, Instant corrected);
}
