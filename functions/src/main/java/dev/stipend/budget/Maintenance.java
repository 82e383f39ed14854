package dev.stipend.budget;

import dev.stipend.spend.CostTrackingRebuild;
import dev.stipend.spend.LedgerMaintenance;
import dev.stipend.spend.Repricing;
import dev.stipend.workspace.Workspace;
import dev.stipend.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daily care of the ledger and of the totals that are made from it.
@Singleton
public class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private final LedgerMaintenance ledger;
  private final Repricing repricing;
  private final CostTrackingRebuild tracking;
  private final BudgetPeriodRebuild periods;
  private final WorkspaceRepository workspaces;

  Maintenance(
      LedgerMaintenance ledger,
      Repricing repricing,
      CostTrackingRebuild tracking,
      BudgetPeriodRebuild periods,
      WorkspaceRepository workspaces) {
    this.ledger = ledger;
    this.repricing = repricing;
    this.tracking = tracking;
    this.periods = periods;
    this.workspaces = workspaces;
  }

  /// Runs a verb: `maintain` does everything that a day asks for and compares totals with the
  /// ledger, `reconcile` only compares, `rebuild` makes all totals again.
  ///
  /// @throws IllegalArgumentException for another verb
  public MaintenanceReport run(String verb, Instant now) {
    return switch (verb) {
      case "maintain" ->
          compare(
              verb,
              ledger.createPartitions(now),
              ledger.pruneEventIds(now),
              repricing.run(now),
              now);
      case "reconcile" -> compare(verb, 0, 0, 0, now);
      case "rebuild" -> rebuild(verb, now);
      default ->
          throw new IllegalArgumentException(
              "verb must be maintain, reconcile or rebuild, not " + verb);
    };
  }

  private MaintenanceReport compare(
      String verb, int partitions, int pruned, int priced, Instant now) {
    List<Workspace> all = workspaces.list();
    int trackingOff = all.stream().mapToInt(each -> tracking.differences(each.id())).sum();
    int countersOff = all.stream().mapToInt(each -> periods.differences(each.id(), now)).sum();
    if (trackingOff + countersOff > 0) {
      LOG.error(
          "Totals differ from the ledger: {} rows of cost_tracking, {} of budget_periods; this is a"
              + " defect. Invoke MaintainLedgerFunction with verb rebuild to repair them.",
          trackingOff,
          countersOff);
    }
    return new MaintenanceReport(verb, partitions, pruned, priced, trackingOff, countersOff);
  }

  private MaintenanceReport rebuild(String verb, Instant now) {
    List<Workspace> all = workspaces.list();
    int trackingOff = all.stream().mapToInt(each -> tracking.rebuild(each.id())).sum();
    int countersOff = all.stream().mapToInt(each -> periods.rebuild(each.id(), now)).sum();
    return new MaintenanceReport(verb, 0, 0, 0, trackingOff, countersOff);
  }
}
