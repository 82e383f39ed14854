package dev.stipend.spend;

import dev.stipend.intake.Intake;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.workspace.Workspace;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records usage as it arrives: reads each event by itself, so that a wrong one is rejected alone,
/// and records the rest.
@Singleton
public class UsageRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(UsageRecorder.class);

  private final UsageLedger ledger;
  private final ApplicationEventPublisher<UsageRecorded> published;

  UsageRecorder(UsageLedger ledger, ApplicationEventPublisher<UsageRecorded> published) {
    this.ledger = ledger;
    this.published = published;
  }

  /// Records messages in any form that {@link Intake} knows.
  ///
  /// @param messages values as {@link dev.stipend.json.ExactJson} reads them
  /// @throws RuntimeException if the database does not answer; then nothing is recorded, and
  ///     sending the same again is safe
  public UsageRecorded record(Workspace workspace, List<?> messages, Instant now) {
    return record(workspace, Intake.of(messages), now);
  }

  /// Records messages that have been read. An index in the answer is the place of a message.
  ///
  /// @throws RuntimeException if the database does not answer; then nothing is recorded, and
  ///     sending the same again is safe
  public UsageRecorded record(Workspace workspace, Intake intake, Instant now) {
    UsageEventReader reader = UsageEventReader.live(workspace.currency(), now);
    List<UsageEvent> readable = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>();
    for (Intake.Refusal refusal : intake.refusals()) {
      rejected.add(new Rejection(refusal.index(), refusal.eventId(), refusal.reason()));
    }
    for (Intake.Event event : intake.events()) {
      try {
        readable.add(reader.read(event.json()));
        places.add(event.index());
      } catch (InvalidJsonException wrong) {
        rejected.add(
            new Rejection(event.index(), UsageEventReader.idOf(event.json()), event.reason(wrong)));
      }
    }
    UsageLedger.Recorded outcome =
        readable.isEmpty()
            ? new UsageLedger.Recorded(List.of(), List.of())
            : ledger.record(workspace, readable, now);
    outcome.afterCommit().forEach(UsageRecorder::runSafely);
    UsageRecorded summary = summary(readable, places, rejected, outcome.fates());
    published.publishEvent(summary);
    return summary;
  }

  /// Does what recording does, and records nothing: reads an event, and sends every statement
  /// without rows. For a process that is to be quick the first time.
  ///
  /// @param event a value as {@link dev.stipend.json.ExactJson} reads it
  public void rehearse(Object event, Instant now) {
    Workspace nobody = new Workspace(new UUID(0, 0), "nobody", "Nobody", "USD", "UTC", "en");
    UsageEventReader.live(nobody.currency(), now).read(event);
    ledger.rehearse(nobody, now);
  }

  private static UsageRecorded summary(
      List<UsageEvent> events, List<Integer> places, List<Rejection> rejected, List<Fate> fates) {
    List<String> recorded = new ArrayList<>();
    List<String> duplicates = new ArrayList<>();
    int unpriced = 0;
    for (int i = 0; i < events.size(); i++) {
      String id = events.get(i).eventId();
      switch (fates.get(i)) {
        case RECORDED -> recorded.add(id);
        case UNPRICED -> {
          recorded.add(id);
          unpriced++;
        }
        case DUPLICATE -> duplicates.add(id);
        case CONFLICT ->
            rejected.add(
                new Rejection(
                    places.get(i),
                    id,
                    "eventId is already recorded with other content (conflict)"));
      }
    }
    return new UsageRecorded(recorded, duplicates, List.copyOf(rejected), unpriced);
  }

  /// What follows a commit must not undo its success: the periods stay marked, and the sweep
  /// evaluates them.
  static void runSafely(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.error("Usage is recorded, but its evaluation failed; the next sweep repeats it", failure);
    }
  }
}
