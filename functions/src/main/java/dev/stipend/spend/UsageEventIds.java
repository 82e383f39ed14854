package dev.stipend.spend;

import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The arbiter of exactly-once: the ids of all events of the last 35 days.
@Singleton
class UsageEventIds {
  /// An event's id with what decides whether it is the same event.
  record Entry(String eventId, Instant occurredAt, String digest) {
    static Entry of(UsageEvent event) {
      return new Entry(event.eventId(), event.occurredAt(), EventDigest.of(event));
    }
  }

  private final JdbcOperations jdbc;

  UsageEventIds(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Claims the ids that nobody has claimed before, and answers those. Two transactions that claim
  /// the same id are settled here: the second waits for the first. Ids are taken in order, so that
  /// two batches cannot wait for each other.
  Set<String> claim(UUID workspace, List<Entry> entries, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
        SELECT ?, event_id, occurred_at, decode(digest, 'hex'), ?
        FROM unnest(?, ?, ?) AS entry (event_id, occurred_at, digest)
        ORDER BY event_id
        ON CONFLICT (workspace_id, event_id) DO NOTHING
        RETURNING event_id
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, Instants.parameter(now));
          new ArrayBinder<>(statement, 3, entries)
              .texts(Entry::eventId)
              .instants(Entry::occurredAt)
              .texts(Entry::digest);
          Set<String> claimed = new HashSet<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              claimed.add(rows.getString(1));
            }
          }
          return claimed;
        });
  }

  /// The digests under which ids were claimed.
  Map<String, String> digests(UUID workspace, Collection<String> eventIds) {
    return jdbc.prepareStatement(
        """
        SELECT event_id, encode(digest, 'hex')
        FROM stipend.usage_event_ids
        WHERE workspace_id = ?
          AND event_id = ANY (?)
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setArray(
              2, statement.getConnection().createArrayOf("text", eventIds.toArray()));
          Map<String, String> digests = new HashMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              digests.put(rows.getString(1), rows.getString(2));
            }
          }
          return digests;
        });
  }

  /// Forgets ids of events that the live path refuses by their age. Answers how many.
  int prune(Instant now) {
    return jdbc.prepareStatement(
        """
        DELETE FROM stipend.usage_event_ids
        WHERE occurred_at < ?
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now.minus(UsageEventReader.OLDEST)));
          return statement.executeUpdate();
        });
  }
}
