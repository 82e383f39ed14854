package dev.stipend.budget;

import dev.stipend.spend.Differences;
import dev.stipend.spend.Reconciliation;
import dev.stipend.time.Period;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares all totals of a workspace with its ledger, repairs what differs, and reports it as a
/// defect.
///
/// The rollup comes first, for counters are compared with it where it knows enough. Counters that
/// only the ledger can tell are compared while their period runs, and when a day of it changed.
@Singleton
class TotalsCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TotalsCheck.class);

  private final Reconciliation ledger;
  private final BudgetRepository budgets;
  private final BudgetPeriodRebuild periods;

  TotalsCheck(Reconciliation ledger, BudgetRepository budgets, BudgetPeriodRebuild periods) {
    this.ledger = ledger;
    this.budgets = budgets;
    this.periods = periods;
  }

  /// Answers what was different in each table.
  List<Differences> run(Workspace workspace, Instant now) {
    Reconciliation.Outcome totals = ledger.run(workspace.id(), now);
    Differences counters = counters(workspace.id(), totals.days(), now);
    totals.remembering().run();
    List<Differences> found =
        List.of(totals.found().tracking(), totals.found().unpriced(), counters);
    for (Differences each : found) {
      if (each.count() > 0) {
        LOG.error(
            "Workspace {}: {} rows of {} differed from the ledger and have been repaired; this is a"
                + " defect. The first are {}",
            workspace.slug(),
            each.count(),
            each.table(),
            each.first());
      }
    }
    return found;
  }

  private Differences counters(UUID workspace, List<LocalDate> days, Instant now) {
    Differences all = Differences.none(BudgetPeriodRebuild.TABLE);
    for (Budget budget : budgets.findCounting(workspace)) {
      Differences found =
          periods.compare(
              budget,
              period ->
                  !period.hasEnded(now) || days.stream().anyMatch(day -> overlaps(period, day)),
              now);
      all = found.count() == 0 ? all : all.plus(periods.repair(budget, now));
    }
    return all;
  }

  private static boolean overlaps(Period period, LocalDate day) {
    return period.start().isBefore(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
        && day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(period.end());
  }
}
