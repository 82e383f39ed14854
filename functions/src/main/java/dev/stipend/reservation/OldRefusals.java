package dev.stipend.reservation;

import dev.stipend.audit.AuditLog;
import dev.stipend.budget.KeptForATime;
import dev.stipend.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Refusals in the audit log, which come with every request of an agent that has no headroom. What
/// people did stays there.
@Singleton
final class OldRefusals implements KeptForATime {
  static final Duration KEPT = Duration.ofDays(90);

  private static final int AT_ONCE = 5_000;

  private final AuditLog log;
  private final WorkspaceRepository workspaces;

  OldRefusals(AuditLog log, WorkspaceRepository workspaces) {
    this.log = log;
    this.workspaces = workspaces;
  }

  @Override
  public String counted() {
    return "refusalsPruned";
  }

  @Override
  public int prune(Instant now) {
    Instant end = now.minus(KEPT);
    return workspaces.list().stream().mapToInt(workspace -> prune(workspace.id(), end)).sum();
  }

  private int prune(UUID workspace, Instant end) {
    int total = 0;
    int forgotten = AT_ONCE;
    while (forgotten == AT_ONCE) {
      forgotten = log.forget(workspace, Refusals.ACTION, end, AT_ONCE);
      total += forgotten;
    }
    return total;
  }
}
