package dev.stipend.summary;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.alert.ScheduledSummaries;
import dev.stipend.time.Period;
import dev.stipend.workspace.Workspace;
import dev.stipend.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Writes the summaries that are due, each in a transaction of its own.
@Singleton
class DueSummaries implements ScheduledSummaries {
  private final SummarySchedules schedules;
  private final WorkspaceRepository workspaces;
  private final SummaryWriter writer;
  private final SummaryOutbox outbox;

  DueSummaries(
      SummarySchedules schedules,
      WorkspaceRepository workspaces,
      SummaryWriter writer,
      SummaryOutbox outbox) {
    this.schedules = schedules;
    this.workspaces = workspaces;
    this.writer = writer;
    this.outbox = outbox;
  }

  @Override
  @Transactional
  public Optional<Runnable> writeNext(Instant now) {
    return schedules.claimDue(now).map(due -> write(due, now));
  }

  private Runnable write(SummarySchedule due, Instant now) {
    Workspace workspace = workspaces.findById(due.workspaceId()).orElseThrow();
    Period window = due.times().window(now);
    UUID id = idOf(due, window);
    Optional<AlertSnapshot> summary = writer.write(workspace, id, due.times(), window, now);
    schedules.moveOn(due, summary.map(written -> now), now);
    return summary
        .map(written -> outbox.stage(workspace.id(), id, due.channels(), written, now))
        .orElse(() -> {});
  }

  /// The identity of a schedule's summary of a window: whoever writes it, it is the same.
  private static UUID idOf(SummarySchedule due, Period window) {
    return UUID.nameUUIDFromBytes(
        (due.id() + "\n" + window.start()).getBytes(StandardCharsets.UTF_8));
  }
}
