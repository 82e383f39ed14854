package dev.stipend.maintenance.reconciliation;

import dev.stipend.budget.backfill.CounterDrift;
import dev.stipend.budget.period.CountingGroups;
import dev.stipend.budget.period.RecordedPeriods;
import dev.stipend.ingest.ledger.Differences;
import dev.stipend.maintenance.MaintenanceReport.Problem;
import dev.stipend.maintenance.reconciliation.ReconciliationRuns.Run;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares all totals of a workspace with its ledger, repairs what differs, and reports it as a
/// defect.
///
/// The rollup comes first, day by day, for counters are compared with it where it knows enough.
/// Then come the counters, those of many budgets at once, of the periods that a changed day
/// touches, or whose counters were changed; others were compared before. A run that is out of time
/// is gone on with by the next one.
@Singleton
public class TotalsCheck {
  private static final String TABLE = "budget_periods";

  /// Counters that differ and are read at once, and that one transaction repairs.
  private static final int MOST_READ = 20_000;

  private static final int MOST_REPAIRED = 500;

  private static final Logger LOG = LoggerFactory.getLogger(TotalsCheck.class);

  private final Reconciliation ledger;
  private final ReconciliationRuns runs;
  private final ReconciledEnds ends;
  private final CountingGroups groups;
  private final RecordedPeriods recorded;
  private final CounterComparison comparison;
  private final CounterRepair repair;

  TotalsCheck(
      Reconciliation ledger,
      ReconciliationRuns runs,
      ReconciledEnds ends,
      CountingGroups groups,
      RecordedPeriods recorded,
      CounterComparison comparison,
      CounterRepair repair) {
    this.ledger = ledger;
    this.runs = runs;
    this.ends = ends;
    this.groups = groups;
    this.recorded = recorded;
    this.comparison = comparison;
    this.repair = repair;
  }

  /// What a turn came to.
  ///
  /// @param differences what was different in each table
  /// @param problems what could not be compared
  /// @param finished whether nothing is left to compare
  public record Turn(List<Differences> differences, List<Problem> problems, boolean finished) {}

  /// Has everything be compared again, whatever is known to be right.
  public void forget(Workspace workspace) {
    runs.forget(workspace.id());
  }

  /// Goes on with comparing, by one day or unit of counters at least.
  ///
  /// @param turn after it, nothing else is begun
  /// @param left what one comparison may take
  public Turn run(Workspace workspace, Instant now, TimeLeft turn, TimeLeft left) {
    Run run = runs.begin(workspace.id(), now);
    Reconciliation.Compared days =
        run.comparesDays()
            ? ledger.compare(workspace.id(), run.startedAt(), turn, left)
            : new Reconciliation.Compared(Reconciliation.Found.NOTHING, true);
    Turn counters =
        days.finished() && !turn.isUsedUp()
            ? counters(workspace, run, now, turn, left)
            : new Turn(List.of(Differences.none(TABLE)), List.of(), false);
    List<Differences> found =
        Stream.concat(
                Stream.of(days.found().tracking(), days.found().unpriced()),
                counters.differences().stream())
            .toList();
    found.forEach(each -> report(workspace, each));
    return new Turn(found, counters.problems(), counters.finished());
  }

  private Turn counters(Workspace workspace, Run run, Instant now, TimeLeft turn, TimeLeft left) {
    ChangedDays changed =
        ChangedDays.of(
            ledger.daysToCheck(workspace.id(), run.startedAt()), ends.findUnknown(workspace.id()));
    CountingGroups.Read read = groups.read(workspace.id());
    List<Problem> problems = new ArrayList<>();
    read.unreadable().forEach((budgets, why) -> problems.add(problem(workspace, budgets, why)));
    Differences found = Differences.none(TABLE);
    List<CounterUnit> units =
        CounterUnit.of(read, changed, recorded.lastCounted(workspace.id(), now)).stream()
            .filter(unit -> unit.key().compareTo(run.position()) > 0)
            .toList();
    for (int next = 0; next < units.size(); next++) {
      if (next > 0 && turn.isUsedUp()) {
        return new Turn(List.of(found), problems, false);
      }
      CounterUnit unit = units.get(next);
      try {
        found = found.plus(compare(workspace, run, unit, changed, now, left));
      } catch (RuntimeException failure) {
        // It must not keep the others from being compared, this time or the next.
        problems.add(problem(workspace, unit.key(), failure));
      }
      if (!runs.advance(run, unit.key())) {
        // Somebody else goes on with it.
        return new Turn(List.of(found), problems, true);
      }
    }
    runs.finish(run, now);
    return new Turn(List.of(found), problems, true);
  }

  private Differences compare(
      Workspace workspace,
      Run run,
      CounterUnit unit,
      ChangedDays changed,
      Instant now,
      TimeLeft left) {
    Differences found = Differences.none(TABLE);
    List<CounterDrift> drifts;
    do {
      drifts = comparison.compare(workspace, unit, changed, MOST_READ, left.get());
      found = found.plus(differences(drifts));
      for (int from = 0; from < drifts.size(); from += MOST_REPAIRED) {
        List<CounterDrift> some =
            drifts.subList(from, Math.min(from + MOST_REPAIRED, drifts.size()));
        if (!repair.repair(run, workspace.id(), some, now)) {
          return found;
        }
      }
    } while (drifts.size() == MOST_READ && !left.isUsedUp());
    return found;
  }

  private static Problem problem(Workspace workspace, String counters, RuntimeException why) {
    return new Problem(
        "comparing the counters of workspace %s, %s".formatted(workspace.slug(), counters), why);
  }

  private static Differences differences(List<CounterDrift> drifts) {
    return new Differences(
        TABLE,
        drifts.size(),
        drifts.stream().limit(Differences.TOLD).map(CounterDrift::name).toList());
  }

  private static void report(Workspace workspace, Differences found) {
    if (found.count() > 0) {
      LOG.error(
          "Workspace {}: {} rows of {} differed from the ledger and have been repaired; this is a"
              + " defect. The first are {}",
          workspace.slug(),
          found.count(),
          found.table(),
          found.first());
    }
  }
}
