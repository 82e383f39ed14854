package dev.stipend.spend;

import dev.stipend.spend.ReconciledDays.Unknown;
import dev.stipend.spend.TotalsRebuild.Rebuilt;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// Compares the totals of a workspace with its ledger, day by day, and repairs what differs.
///
/// Comparing stops nobody; recorders wait only while a day that differs is made again. Days that
/// are known to be right are not read.
@Singleton
public class Reconciliation {
  private final ReconciledDays known;
  private final TotalsRebuild totals;

  Reconciliation(ReconciledDays known, TotalsRebuild totals) {
    this.known = known;
    this.totals = totals;
  }

  /// What was compared and found.
  ///
  /// @param found what differed, and is repaired
  /// @param days the days that were compared
  /// @param remembering to be run when all that depends on these days is right as well; until then
  ///     they are compared again
  public record Outcome(Rebuilt found, List<LocalDate> days, Runnable remembering) {}

  /// Compares and repairs the days that may have changed since they were compared last.
  public Outcome run(UUID workspace, Instant now) {
    List<Unknown> days = known.findUnknown(workspace, now);
    Rebuilt found = Rebuilt.NOTHING;
    for (Unknown unknown : days) {
      Slice day = Slice.ofDay(workspace, unknown.day());
      found =
          found.plus(
              new Rebuilt(
                  reconcile(CachedTable.COST_TRACKING, day),
                  reconcile(CachedTable.UNPRICED_EVENTS, day)));
    }
    return new Outcome(
        found,
        days.stream().map(Unknown::day).toList(),
        () -> known.remember(workspace, days, now));
  }

  private Differences reconcile(CachedTable table, Slice slice) {
    Differences found = totals.compare(table, slice);
    return found.count() == 0 ? found : totals.repair(table, slice);
  }
}
