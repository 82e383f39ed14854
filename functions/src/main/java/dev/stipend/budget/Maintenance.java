package dev.stipend.budget;

import dev.stipend.archive.LedgerRetention;
import dev.stipend.budget.MaintenanceReport.Done;
import dev.stipend.budget.MaintenanceReport.Found;
import dev.stipend.idempotency.OnceAnswers;
import dev.stipend.spend.Differences;
import dev.stipend.spend.LedgerMaintenance;
import dev.stipend.spend.Repricing;
import dev.stipend.spend.TotalsRebuild;
import dev.stipend.workspace.Workspace;
import dev.stipend.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The daily care of the ledger, of the totals that are made from it, and of what may be forgotten.
@Singleton
public class Maintenance {
  private final LedgerMaintenance ledger;
  private final Repricing repricing;
  private final TotalsCheck check;
  private final TotalsRebuild totals;
  private final BudgetPeriodRebuild periods;
  private final LedgerRetention retention;
  private final OnceAnswers answers;
  private final List<KeptForATime> kept;
  private final WorkspaceRepository workspaces;

  Maintenance(
      LedgerMaintenance ledger,
      Repricing repricing,
      TotalsCheck check,
      TotalsRebuild totals,
      BudgetPeriodRebuild periods,
      LedgerRetention retention,
      OnceAnswers answers,
      List<KeptForATime> kept,
      WorkspaceRepository workspaces) {
    this.ledger = ledger;
    this.repricing = repricing;
    this.check = check;
    this.totals = totals;
    this.periods = periods;
    this.retention = retention;
    this.answers = answers;
    this.kept = kept;
    this.workspaces = workspaces;
  }

  /// Runs a verb: `maintain` does everything that a day asks for, `reconcile` compares totals with
  /// the ledger and repairs them, which is part of it, and `rebuild` makes all totals again.
  ///
  /// @throws IllegalArgumentException for another verb
  /// @throws IllegalStateException if the settings of the retention make no sense, or an archive
  ///     cannot be relied on; everything else is done by then
  public MaintenanceReport run(String verb, Instant now) {
    return switch (verb) {
      case "maintain" -> maintain(verb, now);
      case "reconcile" -> new MaintenanceReport(verb, Done.NOTHING, reconcile(now));
      case "rebuild" -> new MaintenanceReport(verb, Done.NOTHING, rebuild(now));
      default ->
          throw new IllegalArgumentException(
              "verb must be maintain, reconcile or rebuild, not " + verb);
    };
  }

  private MaintenanceReport maintain(String verb, Instant now) {
    Done done =
        new Done(
            ledger.createPartitions(now),
            ledger.pruneEventIds(now),
            repricing.run(now),
            0,
            prune(now));
    answers.forget(now);
    // Before any month leaves: what its totals say then is final.
    List<Found> found = reconcile(now);
    return new MaintenanceReport(verb, done.withMonthsDropped(retention.run(now)), found);
  }

  private Map<String, Integer> prune(Instant now) {
    Map<String, Integer> pruned = new TreeMap<>();
    kept.forEach(each -> pruned.put(each.counted(), each.prune(now)));
    return pruned;
  }

  private List<Found> reconcile(Instant now) {
    return inEach(workspace -> check.run(workspace, now));
  }

  private List<Found> rebuild(Instant now) {
    return inEach(
        workspace -> {
          TotalsRebuild.Rebuilt rebuilt = totals.rebuild(workspace.id());
          return List.of(
              rebuilt.tracking(), rebuilt.unpriced(), periods.rebuild(workspace.id(), now));
        });
  }

  private List<Found> inEach(Function<Workspace, List<Differences>> work) {
    return workspaces.list().stream()
        .flatMap(
            workspace ->
                work.apply(workspace).stream().map(found -> new Found(workspace.slug(), found)))
        .toList();
  }
}
