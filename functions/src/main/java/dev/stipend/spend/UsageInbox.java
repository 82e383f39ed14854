package dev.stipend.spend;

import dev.stipend.json.ExactJson;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.workspace.Workspace;
import dev.stipend.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records batches of queue messages: all events of a workspace in one transaction, each message
/// failing alone.
@Singleton
public class UsageInbox {
  private static final Logger LOG = LoggerFactory.getLogger(UsageInbox.class);

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

  private final WorkspaceRepository workspaces;
  private final UsageRecorder recorder;
  private final UsageRetries retries;

  UsageInbox(WorkspaceRepository workspaces, UsageRecorder recorder, UsageRetries retries) {
    this.workspaces = workspaces;
    this.recorder = recorder;
    this.retries = retries;
  }

  /// Records the messages and answers the ids of those that failed, to be tried again. A message
  /// fails when any of its events is rejected; its other events are recorded, and will be
  /// duplicates the next time. Such a message comes again soon, and soon ends as a dead letter;
  /// when the database does not answer, nothing is answered here, and all come again in their time.
  public Collection<String> record(List<UsageMessage> messages, Instant now) {
    Map<String, UsageMessage> failed = new LinkedHashMap<>();
    Map<String, Batch> batches = new LinkedHashMap<>();
    for (UsageMessage message : messages) {
      try {
        batches
            .computeIfAbsent(message.workspaceSlug(), slug -> new Batch())
            .add(message, ExactJson.parse(message.body()));
      } catch (InvalidJsonException unreadable) {
        fail(failed, message, unreadable.summary());
      }
    }
    batches.forEach((slug, batch) -> record(slug, batch, now, failed));
    if (!failed.isEmpty()) {
      retries.soon(failed.values().stream().map(UsageMessage::receiptHandle).toList());
    }
    return failed.keySet();
  }

  private void record(String slug, Batch batch, Instant now, Map<String, UsageMessage> failed) {
    Optional<Workspace> workspace = workspaces.findBySlug(slug);
    if (workspace.isEmpty()) {
      batch.messages.forEach(message -> fail(failed, message, "there is no workspace " + slug));
      return;
    }
    for (Rejection rejection : recorder.record(workspace.get(), batch.events, now).rejected()) {
      String reason = "event \"" + rejection.eventId() + "\": " + rejection.reason();
      fail(failed, batch.messages.get(rejection.index()), reason);
    }
  }

  private static void fail(Map<String, UsageMessage> failed, UsageMessage message, String reason) {
    failed.put(message.id(), message);
    LOG.warn("Usage message {} is not recorded: {}", message.id(), reason);
  }
}
