package dev.stipend.usecase;

import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.record.BatchWriter;
import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.RecordOutcome.Known;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UnknownAttributes;
import dev.stipend.ingest.record.UsageBatch;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.ingest.record.UsageRecorded;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.sql.AfterCommit;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.RecordingSteps.Appended;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Records usage as it arrives: reads each event by itself, so that a wrong one is rejected alone,
/// and records the rest.
@Singleton
public class RecordUsage {
  private final RecordingSteps steps;
  private final BatchWriter writer;
  private final UnknownAttributes unknown;
  private final ApplicationEventPublisher<UsageRecorded> published;

  RecordUsage(
      RecordingSteps steps,
      BatchWriter writer,
      UnknownAttributes unknown,
      ApplicationEventPublisher<UsageRecorded> published) {
    this.steps = steps;
    this.writer = writer;
    this.unknown = unknown;
    this.published = published;
  }

  /// Records messages that have been read. An index in the answer is the place of a message.
  ///
  /// @throws RuntimeException if the database does not answer, or others are in the way for too
  ///     long; sending the same again is safe, whether or not some of it is recorded
  public UsageRecorded record(Workspace workspace, Intake intake, UsageSender sender, Instant now) {
    UsageEventReader reader = UsageEventReader.live(workspace.currency(), now);
    List<UsageEvent> readable = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>();
    for (Intake.Refusal refusal : intake.refusals()) {
      rejected.add(new Rejection(refusal.index(), refusal.eventId(), refusal.reason()));
    }
    for (Intake.Event event : intake.events()) {
      try {
        UsageEvent read = reader.read(event.json()).from(event.origin());
        if (!read.tellsNothing()) {
          readable.add(read);
          places.add(event.index());
        }
      } catch (InvalidJsonException wrong) {
        rejected.add(
            new Rejection(event.index(), UsageEventReader.idOf(event.json()), event.reason(wrong)));
      }
    }
    List<RecordOutcome> outcomes = new ArrayList<>(readable.size());
    if (!readable.isEmpty()) {
      writer.write(new Part(this, workspace, readable, sender, now, outcomes));
    }
    UsageRecorded summary = summary(readable, places, rejected, outcomes);
    AfterCommit.attempt(() -> published.publishEvent(summary));
    if (intake.tellsUnknown()) {
      AfterCommit.attempt(() -> unknown.add(workspace.id(), intake, summary, now));
    }
    return summary;
  }

  /// Records events exactly once, with everything that counts them, in one transaction. After it,
  /// budgets that crossed a threshold are evaluated.
  @Transactional
  List<RecordOutcome> write(
      Workspace workspace, List<UsageEvent> events, UsageSender sender, Instant now) {
    Appended appended = steps.append(workspace, events, sender, now);
    steps.count(workspace, appended.fresh(), List.of(), now);
    return appended.outcomes();
  }

  /// Some of the events.
  ///
  /// @param outcomes is added what became of them, in their order
  private record Part(
      RecordUsage recorder,
      Workspace workspace,
      List<UsageEvent> events,
      UsageSender sender,
      Instant now,
      List<RecordOutcome> outcomes)
      implements UsageBatch {
    @Override
    public void write() {
      outcomes.addAll(recorder.write(workspace, events, sender, now));
    }

    @Override
    public List<Part> halves() {
      int middle = events.size() / 2;
      return middle == 0 ? List.of() : List.of(part(0, middle), part(middle, events.size()));
    }

    private Part part(int from, int until) {
      return new Part(recorder, workspace, events.subList(from, until), sender, now, outcomes);
    }

    @Override
    public void rehearse() {
      recorder.steps.rehearse(now);
    }

    @Override
    public void refuse(String reason) {
      outcomes.add(new RecordOutcome.Refused(reason));
    }
  }

  /// Does what recording does, and records nothing: reads an event, and sends every statement
  /// without rows. For a process that is to be quick the first time.
  ///
  /// @param event a value as {@link dev.stipend.platform.json.ExactJson} reads it
  public void rehearse(Object event, Instant now) {
    UsageEventReader.live("USD", now).read(event);
    steps.rehearse(now);
  }

  private static UsageRecorded summary(
      List<UsageEvent> events,
      List<Integer> places,
      List<Rejection> rejected,
      List<RecordOutcome> outcomes) {
    List<String> recorded = new ArrayList<>();
    List<String> duplicates = new ArrayList<>();
    int unpriced = 0;
    for (int i = 0; i < events.size(); i++) {
      String id = events.get(i).eventId();
      switch (outcomes.get(i)) {
        case Known.RECORDED -> recorded.add(id);
        case Known.UNPRICED -> {
          recorded.add(id);
          unpriced++;
        }
        case Known.DUPLICATE -> duplicates.add(id);
        case RecordOutcome.Refused refused ->
            rejected.add(new Rejection(places.get(i), id, refused.reason()));
      }
    }
    return new UsageRecorded(recorded, duplicates, List.copyOf(rejected), unpriced);
  }
}
