package dev.stipend.report.summary;

import dev.stipend.alert.AlertSnapshot;
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
public class DueSummaries implements RetriedWork {
  private final SummarySchedules schedules;
  private final WorkspaceRepository workspaces;
  private final SummaryWriter writer;
  private final SummaryDeliveries deliveries;
  private final SetAside setAside;

  DueSummaries(
      SummarySchedules schedules,
      WorkspaceRepository workspaces,
      SummaryWriter writer,
      SummaryDeliveries deliveries,
      SetAside setAside) {
    this.schedules = schedules;
    this.workspaces = workspaces;
    this.writer = writer;
    this.deliveries = deliveries;
    this.setAside = setAside;
  }

  /// Writes the summary that is due longest, if one is, and is not set aside. Answers whether one
  /// was.
  ///
  /// @throws WorkFailedException if that one cannot be written
  @Transactional
  public boolean writeNext(Instant now) {
    Optional<SummarySchedule> due = schedules.claimDue(now);
    due.ifPresent(schedule -> tryToWrite(schedule, now));
    return due.isPresent();
  }

  private void tryToWrite(SummarySchedule due, Instant now) {
    try {
      write(due, now);
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
  public void again(WorkItem item, Instant now) {
    schedules.lockDue(item.workspaceId(), item.id(), now).ifPresent(due -> write(due, now));
    setAside.clear(item);
  }

  private void write(SummarySchedule due, Instant now) {
    Workspace workspace = workspaces.findById(due.workspaceId()).orElseThrow();
    Period window = due.times().window(now);
    UUID id = idOf(due, window);
    Optional<AlertSnapshot> summary = writer.write(workspace, id, due.times(), window, now);
    schedules.moveOn(due, summary.map(written -> now), now);
    summary.ifPresent(
        written -> deliveries.stage(workspace.id(), id, due.channels(), written, now));
  }

  /// The identity of a schedule's summary of a window, the same for every writer.
  private static UUID idOf(SummarySchedule due, Period window) {
    return UUID.nameUUIDFromBytes(
        (due.id() + "\n" + window.start()).getBytes(StandardCharsets.UTF_8));
  }
}
