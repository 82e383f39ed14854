package dev.stipend.local.usage;

import dev.stipend.ingest.bulk.RejectedRows;
import dev.stipend.ingest.bulk.UsageRow;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageRecorded;
import dev.stipend.local.terminal.LocalFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rows that were sent and whose outcome is not known yet. Their number is bounded: who sends
/// faster than the functions record has to wait. Each row takes the first outcome of its event id,
/// so a redelivered message counts once.
final class InFlight {

  static final int LIMIT = 4_000;
  private static final Duration STALLED = Duration.ofMinutes(10);

  private final Semaphore room = new Semaphore(LIMIT);
  private final Map<String, Deque<UsageRow>> waiting = new HashMap<>();
  private final RejectedRows rejections;
  private final LoadProgress progress;
  private final Supplier<Optional<String>> failure;
  private long recorded;
  private long duplicate;
  private long rejected;

  /// @param failure why there is no point in waiting any longer; empty while there is
  InFlight(RejectedRows rejections, LoadProgress progress, Supplier<Optional<String>> failure) {
    this.rejections = rejections;
    this.progress = progress;
    this.failure = failure;
  }

  /// Waits for room, then counts these rows as sent. To be called before they are.
  void sending(Map<String, UsageRow> rows) {
    waitFor(rows.size());
    synchronized (this) {
      rows.forEach((id, row) -> waiting.computeIfAbsent(id, key -> new ArrayDeque<>()).add(row));
    }
  }

  /// Waits until nothing is in flight.
  void drain() {
    waitFor(LIMIT);
    room.release(LIMIT);
  }

  /// A row that could not even be sent.
  synchronized void rejectedUnsent(UsageRow row, String reason) {
    rejections.add(row.number(), reason, row.cells());
    rejected++;
    progress.step();
  }

  synchronized void outcome(UsageRecorded outcome) {
    for (String id : outcome.recorded()) {
      if (taken(id) != null) {
        recorded++;
      }
    }
    for (String id : outcome.duplicates()) {
      if (taken(id) != null) {
        duplicate++;
      }
    }
    for (Rejection rejection : outcome.rejected()) {
      UsageRow row = taken(rejection.eventId());
      if (row != null) {
        rejections.add(row.number(), rejection.reason(), row.cells());
        rejected++;
      }
    }
  }

  synchronized LoadCounts counts() {
    return new LoadCounts(recorded, duplicate, rejected, rejections.written());
  }

  private @Nullable UsageRow taken(String id) {
    Deque<UsageRow> rows = waiting.get(id);
    if (rows == null) {
      return null;
    }
    UsageRow row = rows.remove();
    if (rows.isEmpty()) {
      waiting.remove(id);
    }
    room.release();
    progress.step();
    return row;
  }

  private void waitFor(int permits) {
    long since = System.nanoTime();
    int before = room.availablePermits();
    try {
      while (!room.tryAcquire(permits, 500, TimeUnit.MILLISECONDS)) {
        failure.get().ifPresent(this::giveUp);
        int now = room.availablePermits();
        if (now != before) {
          since = System.nanoTime();
          before = now;
        } else if (System.nanoTime() - since > STALLED.toNanos()) {
          giveUp("there was no outcome for %d minutes".formatted(STALLED.toMinutes()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure(
          "Loading was interrupted; run it again, what is recorded counts once.", e);
    }
  }

  private void giveUp(String reason) {
    throw new LocalFailure(
        "Loading stopped with %,d events without an outcome, because %s; run it again, what is recorded counts once."
            .formatted(LIMIT - room.availablePermits(), reason));
  }
}
