package dev.stipend.platform.isolation;

import java.time.Instant;
import java.util.UUID;

/// A row that batch work is about.
///
/// @param id of the workspace, the budget, the alert or the schedule; of its budget for a counter
/// @param subject of a counter; empty for anything else
/// @param periodStart of a counter; the epoch for anything else
public record WorkItem(UUID workspaceId, Kind kind, UUID id, String subject, Instant periodStart) {
  /// What kind of row.
  public enum Kind {
    /// All counters of a tenant.
    WORKSPACE,
    /// A budget with all its counters.
    BUDGET,
    COUNTER,
    /// The end of a budget's increase.
    INCREASE,
    ALERT,
    /// A schedule of summaries.
    SUMMARY
  }

  public static WorkItem workspace(UUID workspace) {
    return of(workspace, Kind.WORKSPACE, workspace);
  }

  public static WorkItem budget(UUID workspace, UUID budget) {
    return of(workspace, Kind.BUDGET, budget);
  }

  public static WorkItem counter(UUID workspace, UUID budget, String subject, Instant periodStart) {
    return new WorkItem(workspace, Kind.COUNTER, budget, subject, periodStart);
  }

  public static WorkItem increase(UUID workspace, UUID budget) {
    return of(workspace, Kind.INCREASE, budget);
  }

  public static WorkItem alert(UUID workspace, UUID alert) {
    return of(workspace, Kind.ALERT, alert);
  }

  public static WorkItem summary(UUID workspace, UUID schedule) {
    return of(workspace, Kind.SUMMARY, schedule);
  }

  private static WorkItem of(UUID workspace, Kind kind, UUID id) {
    return new WorkItem(workspace, kind, id, "", Instant.EPOCH);
  }
}
