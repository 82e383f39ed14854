package dev.stipend.spend;

import dev.stipend.workspace.Workspace;
import java.time.Instant;
import java.util.List;

/// Port: counts recorded events in totals that the ledger does not know of.
public interface SpendCounter {
  /// Counts the events, inside the transaction that records them.
  ///
  /// @param freed holds that end with them
  /// @return what to do once that transaction has committed. It must be safe to lose: a crash may
  ///     come before it.
  Runnable count(Workspace workspace, List<PricedEvent> events, List<FreedHold> freed, Instant now);
}
