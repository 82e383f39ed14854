package dev.stipend.report.summary;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.alert.ScheduledSummaries;
import dev.stipend.platform.isolation.RetriedWork;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkFailedException;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Writes the summaries that are due, each in a transaction of its own.
@Singleton
class DueSummaries implements ScheduledSummaries, RetriedWork {
  private final SummarySchedules schedules;
  private final WorkspaceRepository workspaces;
  private final SummaryWriter writer;
  private final SummaryOutbox outbox;
  private final SetAside setAside;

  DueSummaries(
      SummarySchedules schedules,
      WorkspaceRepository workspaces,
      SummaryWriter writer,
      SummaryOutbox outbox,
      SetAside setAside) {
    this.schedules = schedules;
    this.workspaces = workspaces;
    this.writer = writer;
    this.outbox = outbox;
    this.setAside = setAside;
  }

  @Override
  @Transactional
  public Optional<Runnable> writeNext(Instant now) {
    return schedules.claimDue(now).map(due -> tryToWrite(due, now));
  }

  private Runnable tryToWrite(SummarySchedule due, Instant now) {
    try {
      return write(due, now);
    } catch (RuntimeException failure) {
      throw new WorkFailedException(
          List.of(WorkItem.summary(due.workspaceId(), due.id())), failure);
    }
  }

  @Override
  public WorkItem.Kind kind() {
    return WorkItem.Kind.SUMMARY;
  }

  @Override
  @Transactional
  public Runnable again(WorkItem item, Instant now) {
    Runnable afterCommit =
        schedules
            .lockDue(item.workspaceId(), item.id(), now)
            .map(due -> write(due, now))
            .orElse(() -> {});
    setAside.clear(item);
    return afterCommit;
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
