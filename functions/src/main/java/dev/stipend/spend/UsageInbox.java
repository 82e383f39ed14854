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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    final List<String> messageIds = new ArrayList<>();

    void add(String messageId, @Nullable Object body) {
      List<?> list = body instanceof List<?> many ? many : Collections.singletonList(body);
      events.addAll(list);
      messageIds.addAll(Collections.nCopies(list.size(), messageId));
    }
  }

  private final WorkspaceRepository workspaces;
  private final UsageRecorder recorder;

  UsageInbox(WorkspaceRepository workspaces, UsageRecorder recorder) {
    this.workspaces = workspaces;
    this.recorder = recorder;
  }

  /// Records the messages and answers the ids of those that failed, to be tried again. A message
  /// fails when any of its events is rejected; its other events are recorded, and will be
  /// duplicates the next time.
  public Collection<String> record(List<UsageMessage> messages, Instant now) {
    Set<String> failed = new LinkedHashSet<>();
    Map<String, Batch> batches = new LinkedHashMap<>();
    for (UsageMessage message : messages) {
      try {
        batches
            .computeIfAbsent(message.workspaceSlug(), slug -> new Batch())
            .add(message.id(), ExactJson.parse(message.body()));
      } catch (InvalidJsonException unreadable) {
        fail(failed, message.id(), unreadable.summary());
      }
    }
    batches.forEach((slug, batch) -> record(slug, batch, now, failed));
    return failed;
  }

  private void record(String slug, Batch batch, Instant now, Set<String> failed) {
    Optional<Workspace> workspace = workspaces.findBySlug(slug);
    if (workspace.isEmpty()) {
      batch.messageIds.forEach(id -> fail(failed, id, "there is no workspace " + slug));
      return;
    }
    for (Rejection rejection : recorder.record(workspace.get(), batch.events, now).rejected()) {
      String reason = "event \"" + rejection.eventId() + "\": " + rejection.reason();
      fail(failed, batch.messageIds.get(rejection.index()), reason);
    }
  }

  private static void fail(Set<String> failed, String messageId, String reason) {
    failed.add(messageId);
    LOG.warn("Usage message {} is not recorded: {}", messageId, reason);
  }
}
