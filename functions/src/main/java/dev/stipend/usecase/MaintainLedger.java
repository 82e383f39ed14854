package dev.stipend.usecase;

import dev.stipend.budget.backfill.Backfilling;
import dev.stipend.maintenance.LedgerMaintenance;
import dev.stipend.maintenance.MaintenanceReport;
import dev.stipend.maintenance.MaintenanceReport.Found;
import dev.stipend.maintenance.archive.LedgerRetention;
import dev.stipend.maintenance.archive.TotalsRetention;
import dev.stipend.maintenance.reconciliation.ReconciliationRuns;
import dev.stipend.maintenance.reconciliation.TotalsCheck;
import dev.stipend.maintenance.retention.PeriodRetention;
import dev.stipend.maintenance.retention.Pruning;
import dev.stipend.maintenance.retention.RetentionTask;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The daily care of the ledger, of the totals that are made from it, and of what may be forgotten.
///
/// Its steps do not depend on each other: one that fails, or a workspace in which it does, is
/// reported, and stops no other. What takes long gives up in time, and is gone on with by the next
/// run.
@Singleton
public class MaintainLedger {
  /// Kept for ending a comparison that was begun, where there is so much.
  private static final Duration SPARE = Duration.ofSeconds(60);

  private static final int SPARE_SHARE = 4;

  private final LedgerMaintenance ledger;
  private final Backfilling backfilling;
  private final PriceLateUsage repricing;
  private final Pruning pruning;
  private final TotalsCheck check;
  private final PeriodRetention periods;
  private final LedgerRetention months;
  private final TotalsRetention totals;
  private final ReconciliationRuns runs;
  private final WorkspaceRepository workspaces;

  MaintainLedger(
      LedgerMaintenance ledger,
      Backfilling backfilling,
      PriceLateUsage repricing,
      Pruning pruning,
      TotalsCheck check,
      PeriodRetention periods,
      LedgerRetention months,
      TotalsRetention totals,
      ReconciliationRuns runs,
      WorkspaceRepository workspaces) {
    this.ledger = ledger;
    this.backfilling = backfilling;
    this.repricing = repricing;
    this.pruning = pruning;
    this.check = check;
    this.periods = periods;
    this.months = months;
    this.totals = totals;
    this.runs = runs;
    this.workspaces = workspaces;
  }

  /// Runs a verb: `maintain` does everything that a day asks for, `reconcile` compares totals with
  /// the ledger and repairs them, which is part of it, and `rebuild` does so with all totals,
  /// whatever is known to be right.
  ///
  /// @throws IllegalArgumentException for another verb
  public MaintenanceReport run(String verb, Instant now, TimeLeft left) {
    MaintenanceSteps steps =
        new MaintenanceSteps(
            "partitionsCreated", "eventIdsPruned", "eventsPriced", "monthsDropped");
    Comparisons comparisons = new Comparisons();
    switch (verb) {
      case "maintain" -> maintain(steps, comparisons, now, left);
      case "reconcile" -> reconcile(steps, comparisons, now, left);
      case "rebuild" -> {
        for (Workspace workspace : workspaces.list()) {
          steps.attempt("rebuild of workspace " + workspace.slug(), () -> check.forget(workspace));
        }
        reconcile(steps, comparisons, now, left);
      }
      default ->
          throw new IllegalArgumentException(
              "verb must be maintain, reconcile or rebuild, not " + verb);
    }
    return new MaintenanceReport(
        verb, steps.done(), comparisons.found, comparisons.unfinished, steps.problems());
  }

  private void maintain(
      MaintenanceSteps steps, Comparisons comparisons, Instant now, TimeLeft left) {
    List<Workspace> all = workspaces.list();
    steps.run("partitionsCreated", () -> ledger.createPartitions(now));
    // Those that take longer than a sweep may.
    steps.run("periodsFilled", () -> backfilling.run(now, left.share(4)));
    steps.run("eventIdsPruned", () -> ledger.pruneEventIds(now, left));
    steps.runInEach("eventsPriced", all, left, workspace -> repricing.run(workspace, now, left));
    for (RetentionTask task : pruning.tasks()) {
      steps.run(task.counted(), () -> pruning.run(task, now, left));
    }
    // Before any month leaves, for what its totals say then is final; with half of the time, so
    // that months leave whatever there is to compare.
    reconcile(steps, comparisons, now, left.share(2));
    steps.run("monthsDropped", () -> months.run(now, left));
    steps.run("totalsPruned", () -> totals.run(now, left));
    steps.runInEach("periodsPruned", all, left, workspace -> periods.run(workspace, now, left));
  }

  /// What was found while totals were compared.
  private static final class Comparisons {
    private final List<Found> found = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
  }

  /// Compares the totals of each workspace in turns, those first that have waited longest, so that
  /// a large one keeps none from its turn.
  private void reconcile(
      MaintenanceSteps steps, Comparisons comparisons, Instant now, TimeLeft left) {
    Duration share = left.get().dividedBy(SPARE_SHARE);
    TimeLeft beginning = left.without(share.compareTo(SPARE) < 0 ? share : SPARE);
    Deque<Workspace> waiting = new ArrayDeque<>(runs.inTurn(workspaces.list()));
    while (!waiting.isEmpty() && !beginning.isUsedUp()) {
      TimeLeft turn = beginning.share(waiting.size());
      Workspace workspace = waiting.remove();
      steps.attempt(
          "reconciliation of workspace " + workspace.slug(),
          () -> {
            TotalsCheck.Turn done = check.run(workspace, now, turn, left);
            done.differences()
                .forEach(found -> comparisons.found.add(new Found(workspace.slug(), found)));
            done.problems().forEach(steps::addProblem);
            if (!done.finished()) {
              waiting.add(workspace);
            }
          });
    }
    waiting.forEach(workspace -> comparisons.unfinished.add(workspace.slug()));
  }
}
