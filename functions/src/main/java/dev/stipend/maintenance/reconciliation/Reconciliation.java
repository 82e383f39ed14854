package dev.stipend.maintenance.reconciliation;

import dev.stipend.ingest.ledger.Differences;
import dev.stipend.ingest.ledger.LedgerRange;
import dev.stipend.maintenance.reconciliation.ReconciledDays.Unknown;
import dev.stipend.platform.sql.LockAttempts;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// Compares the totals of a workspace with its ledger, day by day, and repairs what differs.
///
/// Comparing stops nobody; recorders wait only while a quarter of an hour that differs is made
/// again. Days that are known to be right are not read.
@Singleton
public class Reconciliation {
  private final ReconciledDays known;
  private final TotalsRebuild totals;

  Reconciliation(ReconciledDays known, TotalsRebuild totals) {
    this.known = known;
    this.totals = totals;
  }

  /// What differed among the rows of the rollup and the waiting events.
  public record Found(Differences tracking, Differences unpriced) {
    public static final Found NOTHING =
        new Found(
            Differences.none(CachedTable.COST_TRACKING.table()),
            Differences.none(CachedTable.UNPRICED_EVENTS.table()));

    public Found plus(Found other) {
      return new Found(tracking.plus(other.tracking), unpriced.plus(other.unpriced));
    }
  }

  /// What was found, and whether all days are known to be right now.
  public record Compared(Found found, boolean finished) {}

  /// Begins anew: days that changed since they were compared are to be compared again.
  public void begin(UUID workspace, Instant now) {
    known.refresh(workspace, now);
  }

  /// All days are to be compared again.
  public void forget(UUID workspace) {
    known.forget(workspace);
  }

  /// Compares and repairs the days that are not known to be right, one at least.
  ///
  /// @param asOf when that was begun
  /// @param turn after it, no other day is begun
  /// @param left what a comparison may take
  public Compared compare(UUID workspace, Instant asOf, TimeLeft turn, TimeLeft left) {
    Found found = Found.NOTHING;
    List<Unknown> days = known.findUnknown(workspace);
    int done = 0;
    while (done < days.size() && (done == 0 || !turn.isUsedUp())) {
      Unknown day = days.get(done++);
      LedgerRange slice = LedgerRange.ofDay(workspace, day.day());
      found =
          found.plus(
              new Found(
                  reconcile(CachedTable.COST_TRACKING, slice, left),
                  reconcile(CachedTable.UNPRICED_EVENTS, slice, left)));
      known.remember(workspace, day, asOf);
    }
    return new Compared(found, done == days.size());
  }

  /// The days that were compared, and whose counters were not yet.
  public List<LocalDate> daysToCheck(UUID workspace, Instant asOf) {
    return known.findUnchecked(workspace, asOf);
  }

  /// Notes that the counters of those days were compared.
  public void markChecked(UUID workspace, Instant asOf) {
    known.markChecked(workspace, asOf);
  }

  private Differences reconcile(CachedTable table, LedgerRange day, TimeLeft left) {
    Differences found = Differences.none(table.table());
    for (Instant quarter : totals.differingQuarters(table, day, left)) {
      found = found.plus(repair(table, LedgerRange.ofQuarter(day.workspace(), quarter)));
    }
    return found;
  }

  private Differences repair(CachedTable table, LedgerRange quarter) {
    return LockAttempts.repeat(() -> totals.repair(table, quarter))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Recording was too busy for " + table.table() + " to be repaired"));
  }
}
