package dev.stipend.ingest.ledger;

import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Recognises events that were recorded under another id than theirs: by a release that identified
/// them otherwise, or as a report about the object that their call made.
@Singleton
public class OtherIds {
  private record Known(String eventId, Instant occurredAt, EventDigest digest) {}

  private final JdbcOperations jdbc;

  OtherIds(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Claims the ids of the objects that calls made, where nobody has, so that what is told of these
  /// later is known. In the order of ids, as {@link UsageEventIds#claim} does.
  public void claim(UUID workspace, List<UsageEvent> events, Instant now) {
    Map<String, UsageEvent> calls = new TreeMap<>();
    events.forEach(event -> event.origin().objectId().ifPresent(id -> calls.put(id, event)));
    if (calls.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
        SELECT ?, event_id, %s, digest, ?
        FROM unnest(?, ?, ?) AS entry (event_id, occurred_micros, digest)
        ON CONFLICT (workspace_id, event_id) DO NOTHING
        """
            .formatted(Instants.FROM_MICROS.formatted("occurred_micros")),
        statement -> {
          Statements.bind(statement, workspace, now);
          new ArrayBinder<>(statement, 3, List.copyOf(calls.entrySet()))
              .texts(Map.Entry::getKey)
              .micros(call -> call.getValue().occurredAt())
              .bytes(call -> EventDigest.ofCall(call.getValue()).bytes());
          return statement.executeUpdate();
        });
  }

  /// Those of the events that are recorded, with what they are known by; none of them may be
  /// recorded again.
  public Map<String, EventDigest> recorded(UUID workspace, List<UsageEvent> events) {
    Set<String> others = new HashSet<>();
    for (UsageEvent event : events) {
      event.origin().formerId().ifPresent(others::add);
      event.origin().objectId().ifPresent(others::add);
    }
    if (others.isEmpty()) {
      return Map.of();
    }
    Map<String, Known> known = known(workspace, others);
    Map<String, EventDigest> recorded = new HashMap<>();
    for (UsageEvent event : events) {
      boolean isFormer =
          event
              .origin()
              .formerId()
              .map(known::get)
              .filter(Objects::nonNull)
              .filter(former -> former.occurredAt().equals(event.occurredAt()))
              .filter(former -> !former.digest().equals(EventDigest.ofCall(event)))
              .isPresent();
      boolean isToldOf =
          event
              .origin()
              .objectId()
              .map(known::get)
              .filter(Objects::nonNull)
              .filter(told -> told.digest().equals(EventDigest.ofObject(event)))
              .isPresent();
      if (isFormer || isToldOf) {
        recorded.put(event.eventId(), EventDigest.of(event));
      }
    }
    return recorded;
  }

  private Map<String, Known> known(UUID workspace, Set<String> ids) {
    List<Known> found =
        jdbc.prepareStatement(
            """
            SELECT event_id, occurred_at, digest
            FROM stipend.usage_event_ids
            WHERE workspace_id = ?
              AND event_id = ANY (?)
            """,
            statement -> {
              Statements.bind(statement, workspace, Statements.array("text", ids));
              return Rows.list(
                  statement,
                  row ->
                      new Known(
                          row.getString("event_id"),
                          Instants.read(row, "occurred_at"),
                          EventDigest.stored(row.getBytes("digest"))));
            });
    Map<String, Known> known = new HashMap<>();
    found.forEach(one -> known.put(one.eventId(), one));
    return known;
  }
}
