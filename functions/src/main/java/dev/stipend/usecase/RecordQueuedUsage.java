package dev.stipend.usecase;

import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.objects.NewObject;
import dev.stipend.ingest.objects.ObjectNotice;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageMessage;
import dev.stipend.ingest.record.UsageRecorded;
import dev.stipend.ingest.record.UsageRetries;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records batches of queue messages: all events of a workspace together, each message failing
/// alone.
@Singleton
public class RecordQueuedUsage {
  private static final Logger LOG = LoggerFactory.getLogger(RecordQueuedUsage.class);
  private static final int LONGEST_SLUG = 100;
  private static final String NAMELESS =
      "it names no workspace, and there is more than one: name one in the message"
          + " attribute workspace, of type String";

  /// How long messages may wait for whoever keeps their workspaces busy, before they go back to the
  /// queue, whose timeout is far longer.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// The events of several messages of one workspace, and which message each came from.
  private static final class Batch {
    final List<@Nullable Object> events = new ArrayList<>();
    final List<UsageMessage> messages = new ArrayList<>();

    void add(UsageMessage message, @Nullable Object body) {
      List<?> list = body instanceof List<?> many ? many : Collections.singletonList(body);
      events.addAll(list);
      messages.addAll(Collections.nCopies(list.size(), message));
    }
  }

  /// A message that does not hold usage, but tells where some is.
  private record Told(UsageMessage message, ObjectNotice notice) {}

  private final WorkspaceRepository workspaces;
  private final RecordUsage recorder;
  private final RecordObjects objects;
  private final UsageRetries retries;

  RecordQueuedUsage(
      WorkspaceRepository workspaces,
      RecordUsage recorder,
      RecordObjects objects,
      UsageRetries retries) {
    this.workspaces = workspaces;
    this.recorder = recorder;
    this.objects = objects;
    this.retries = retries;
  }

  /// Records the messages and answers the ids of those that failed, to be tried again. A message
  /// fails when any of its events is rejected; its other events are recorded, and will be
  /// duplicates the next time. Such a message comes again soon, and soon ends as a dead letter;
  /// where others hold what a workspace needs, its messages wait until the others are recorded, and
  /// if it still is so, come again in their time, as does what a workspace cannot record for
  /// another reason; when the database does not answer, nothing is answered here, and all do. What
  /// messages hold goes before the objects that others tell of; those that would take too long, or
  /// cannot be fetched now, come again in their time, too.
  public Collection<String> record(List<UsageMessage> messages, Instant now) {
    Map<String, UsageMessage> failed = new LinkedHashMap<>();
    Set<String> later = new LinkedHashSet<>();
    Map<Optional<String>, Batch> batches = new LinkedHashMap<>();
    List<Told> told = new ArrayList<>();
    for (UsageMessage message : messages) {
      try {
        Object body = ExactJson.parse(message.body());
        Optional<ObjectNotice> notice = ObjectNotice.of(body);
        if (notice.isPresent()) {
          told.add(new Told(message, notice.get()));
        } else {
          batches.computeIfAbsent(message.workspaceSlug(), slug -> new Batch()).add(message, body);
        }
      } catch (InvalidJsonException unreadable) {
        fail(failed, message, unreadable.summary());
      }
    }
    Map<Optional<String>, Batch> waiting = new LinkedHashMap<>();
    batches.forEach(
        (slug, batch) -> {
          if (!isRecorded(slug, batch, now, failed, later, Duration.ZERO)) {
            waiting.put(slug, batch);
          }
        });
    waiting.forEach(
        (slug, batch) -> {
          if (!isRecorded(slug, batch, now, failed, later, PATIENCE.dividedBy(waiting.size()))) {
            LOG.warn(
                "Usage messages of workspace {} will be retried: the workspace is busy",
                slug.orElse("(the only one)"));
            batch.messages.forEach(message -> later.add(message.id()));
          }
        });
    told.forEach(each -> recordObjects(each, now, failed, later));
    if (!failed.isEmpty()) {
      retries.soon(failed.values().stream().map(UsageMessage::receiptHandle).toList());
    }
    later.addAll(failed.keySet());
    return later;
  }

  /// Records a batch, or tells that others hold what it needs.
  ///
  /// @param patience how long it may wait for them
  private boolean isRecorded(
      Optional<String> slug,
      Batch batch,
      Instant now,
      Map<String, UsageMessage> failed,
      Set<String> later,
      Duration patience) {
    try {
      Contention.retried(
          patience,
          () -> {
            record(slug, batch, now, failed, later);
            return true;
          });
      return true;
    } catch (RuntimeException failure) {
      if (FailureCause.of(failure) != FailureCause.CONTENTION) {
        throw failure;
      }
      return false;
    }
  }

  private void record(
      Optional<String> slug,
      Batch batch,
      Instant now,
      Map<String, UsageMessage> failed,
      Set<String> later) {
    Optional<Workspace> workspace = workspace(slug);
    if (workspace.isEmpty()) {
      batch.messages.forEach(message -> fail(failed, message, noWorkspace(slug)));
      return;
    }
    try {
      for (Rejection rejection : record(workspace.get(), batch, now).rejected()) {
        String reason = "event \"" + rejection.eventId() + "\": " + rejection.reason();
        fail(failed, batch.messages.get(rejection.index()), reason);
      }
    } catch (RuntimeException failure) {
      FailureCause cause = FailureCause.of(failure);
      if (cause == FailureCause.OUTAGE || cause == FailureCause.CONTENTION) {
        throw failure;
      }
      batch.messages.forEach(message -> later.add(message.id()));
      LOG.error(
          "{} usage events of workspace {} were not recorded; their messages will be retried",
          batch.events.size(),
          workspace.get().slug(),
          failure);
    }
  }

  private UsageRecorded record(Workspace workspace, Batch batch, Instant now) {
    return recorder.record(workspace, Intake.of(batch.events), UsageSender.QUEUE, now);
  }

  /// Records the objects that a message tells of, one after the other.
  private void recordObjects(
      Told told, Instant now, Map<String, UsageMessage> failed, Set<String> later) {
    UsageMessage message = told.message;
    if (told.notice.objects().isEmpty()) {
      return;
    }
    if (objects.isLate(now)) {
      later.add(message.id());
      return;
    }
    Optional<String> slug = message.workspaceSlug().or(objects::workspaceSlug);
    Optional<Workspace> workspace = workspace(slug);
    if (workspace.isEmpty()) {
      fail(failed, message, noWorkspace(slug));
      return;
    }
    try {
      for (NewObject object : told.notice.objects()) {
        objects
            .record(workspace.get(), object, now)
            .forEach(reason -> fail(failed, message, reason));
      }
    } catch (RuntimeException failure) {
      if (FailureCause.of(failure) == FailureCause.OUTAGE) {
        throw failure;
      }
      later.add(message.id());
      LOG.error("Usage message {} tells of objects, and will be retried", message.id(), failure);
    }
  }

  private Optional<Workspace> workspace(Optional<String> slug) {
    return slug.map(workspaces::findBySlug).orElseGet(workspaces::findOnly);
  }

  private static String noWorkspace(Optional<String> slug) {
    return slug.map(RecordQueuedUsage::unknown).orElse(NAMELESS);
  }

  private static String unknown(String slug) {
    return "there is no workspace " + PrintableText.of(slug, LONGEST_SLUG);
  }

  private static void fail(Map<String, UsageMessage> failed, UsageMessage message, String reason) {
    failed.put(message.id(), message);
    LOG.warn("Usage message {} is not recorded: {}", message.id(), reason);
  }
}
