package dev.stipend.usecase;

import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.objects.NewObject;
import dev.stipend.ingest.objects.ObjectLines;
import dev.stipend.ingest.objects.ObjectStore;
import dev.stipend.ingest.objects.UnusableObjectException;
import dev.stipend.ingest.objects.WiredBucket;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.platform.json.JsonLines;
import dev.stipend.platform.sql.Contention;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records the usage in an object of the wired bucket: in pieces, each a transaction of its own. An
/// object that was read half is read again, and what is recorded of it then is a duplicate.
@Singleton
public class RecordObjects {
  private static final Logger LOG = LoggerFactory.getLogger(RecordObjects.class);

  /// Events that are recorded together.
  private static final int PIECE = 1_000;

  private static final int MOST_BYTES = 64 * 1024 * 1024;

  /// What can be read in the time of the function, with room for recording it.
  private static final long MOST_INFLATED = 256L * 1024 * 1024;

  /// How many rejected lines of an object are told.
  private static final int MOST_TOLD = 20;

  /// How long after its beginning a batch of messages may begin with another object: the function
  /// has three times as long for the last one.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final WiredBucket wired;
  private final ObjectStore store;
  private final RecordUsage recorder;
  private final InstantSource clock;

  RecordObjects(WiredBucket wired, ObjectStore store, RecordUsage recorder, InstantSource clock) {
    this.wired = wired;
    this.store = store;
    this.recorder = recorder;
    this.clock = clock;
  }

  /// The workspace that objects belong to where their message names none.
  Optional<String> workspaceSlug() {
    return wired.workspaceSlug();
  }

  /// Whether it is too late in a batch of messages to begin with another object.
  ///
  /// @param begun when the batch was begun
  boolean isLate(Instant begun) {
    return clock.instant().isAfter(begun.plus(PATIENCE));
  }

  /// Records an object, as far as it can be read. One that is no log holds nothing.
  ///
  /// @return what is wrong with the object, or with lines of it; the others are recorded
  /// @throws UncheckedIOException if it cannot be fetched now
  List<String> record(Workspace workspace, NewObject object, Instant now) {
    Rejected rejected = new Rejected(object);
    try {
      wired.check(object);
      if (object.isInvocationLog()) {
        read(workspace, object, now, rejected);
      }
    } catch (UnusableObjectException unusable) {
      rejected.add(String.valueOf(unusable.getMessage()));
    } catch (IOException notNow) {
      throw new UncheckedIOException(notNow);
    }
    return rejected.told();
  }

  private void read(Workspace workspace, NewObject object, Instant now, Rejected rejected)
      throws IOException {
    Piece piece = new Piece();
    try (ObjectLines lines = new ObjectLines(store.fetch(object, MOST_BYTES), MOST_INFLATED)) {
      for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
        if (line.isReadable()) {
          piece.add(line);
        } else {
          rejected.add("line %,d: %s".formatted(line.number(), line.wrong()));
        }
        if (piece.isFull()) {
          record(workspace, piece, now, rejected);
          piece = new Piece();
        }
      }
    } catch (UnusableObjectException damaged) {
      // What was read before the damage is recorded.
      rejected.add(String.valueOf(damaged.getMessage()));
    }
    record(workspace, piece, now, rejected);
    LOG.debug("Usage of {} is recorded", object.shown());
  }

  private void record(Workspace workspace, Piece piece, Instant now, Rejected rejected) {
    if (piece.isEmpty()) {
      return;
    }
    List<Rejection> rejections =
        Contention.retried(() -> recorder.record(workspace, piece.intake(), UsageSender.QUEUE, now))
            .rejected();
    for (Rejection rejection : rejections) {
      rejected.add(
          "line %,d: event \"%s\": %s"
              .formatted(piece.lineOf(rejection.index()), rejection.eventId(), rejection.reason()));
    }
  }

  /// What lines tell, without the lines: they hold whole conversations.
  private static final class Piece {
    private final List<Long> lines = new ArrayList<>();
    private final List<Intake.Event> events = new ArrayList<>();
    private final List<Intake.Refusal> refusals = new ArrayList<>();

    void add(JsonLines.Line line) {
      int index = lines.size();
      Intake read = Intake.of(List.of(Objects.requireNonNull(line.json())));
      read.events().forEach(event -> events.add(event.at(index)));
      read.refusals().forEach(refusal -> refusals.add(refusal.at(index)));
      lines.add(line.number());
    }

    boolean isFull() {
      return events.size() + refusals.size() >= PIECE;
    }

    boolean isEmpty() {
      return events.isEmpty() && refusals.isEmpty();
    }

    Intake intake() {
      return new Intake(events, refusals);
    }

    long lineOf(int index) {
      return lines.get(index);
    }
  }

  /// The first of what is wrong with an object, and how much more there is.
  private static final class Rejected {
    private final NewObject object;
    private final List<String> reasons = new ArrayList<>();
    private int more;

    Rejected(NewObject object) {
      this.object = object;
    }

    void add(String reason) {
      if (reasons.size() < MOST_TOLD) {
        reasons.add(object.shown() + " " + reason);
      } else {
        more++;
      }
    }

    List<String> told() {
      if (more > 0) {
        reasons.add("%s has %,d more lines that are not recorded".formatted(object.shown(), more));
      }
      return List.copyOf(reasons);
    }
  }
}
