package dev.stipend.ingest.ledger;

import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The arbiter of exactly-once: the ids of all events of the last 35 days.
@Singleton
public class UsageEventIds {
  /// An event's id with what decides whether it is the same event.
  public record Entry(String eventId, Instant occurredAt, EventDigest digest) {
    public static Entry of(UsageEvent event) {
      return new Entry(event.eventId(), event.occurredAt(), EventDigest.of(event));
    }
  }

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String INSERT =
      """
      INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
      SELECT ?, event_id, %s, digest, ?
      FROM unnest(?, ?, ?) AS entry (event_id, occurred_micros, digest)
      """
          .formatted(Instants.FROM_MICROS.formatted("occurred_micros"));
  private static final String INSERT_UNKNOWN =
      INSERT.replace("INTO stipend.usage_event_ids", "INTO stipend.usage_event_ids AS known")
          + """
          ON CONFLICT (workspace_id, event_id) DO UPDATE
          SET occurred_at = EXCLUDED.occurred_at, digest = EXCLUDED.digest, recorded_at = EXCLUDED.recorded_at,
              refunded = 0
          WHERE known.occurred_at < ?
          RETURNING event_id
          """;

  private final JdbcOperations jdbc;

  UsageEventIds(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Claims the ids that nobody has claimed before, and answers those. Two transactions that claim
  /// the same id are settled here: the second waits for the first. Ids are taken in order, so that
  /// two batches cannot wait for each other. An id of an event that is too old to come again is
  /// anybody's, whether or not it is forgotten yet; all others stay locked, and are not forgotten
  /// before they are read.
  ///
  /// Nearly every batch is wholly new, and an insert that expects conflicts costs twice as much as
  /// one that does not: so that one comes second, when the unique key has told that some id is
  /// known.
  public Set<String> claim(UUID workspace, Collection<Entry> entries, Instant now) {
    List<Entry> inOrder = entries.stream().sorted(Comparator.comparing(Entry::eventId)).toList();
    return jdbc.execute(
        connection -> {
          Savepoint before = connection.setSavepoint();
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            bind(insert, workspace, inOrder, now);
            insert.executeUpdate();
            connection.releaseSavepoint(before);
            return inOrder.stream().map(Entry::eventId).collect(Collectors.toSet());
          } catch (SQLException failure) {
            if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
              throw failure;
            }
            connection.rollback(before);
          }
          try (PreparedStatement insert = connection.prepareStatement(INSERT_UNKNOWN)) {
            bind(insert, workspace, inOrder, now);
            insert.setObject(6, Instants.parameter(now.minus(UsageEventReader.OLDEST)));
            return ids(insert);
          }
        });
  }

  private static void bind(
      PreparedStatement insert, UUID workspace, List<Entry> entries, Instant now)
      throws SQLException {
    insert.setObject(1, workspace);
    insert.setObject(2, Instants.parameter(now));
    new ArrayBinder<>(insert, 3, entries)
        .texts(Entry::eventId)
        .micros(Entry::occurredAt)
        .bytes(entry -> entry.digest().bytes());
  }

  private static Set<String> ids(PreparedStatement returning) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (ResultSet rows = returning.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  /// The digests under which ids were claimed. Each id is looked up by itself: a plan that was made
  /// while the table was empty must not read all of it for each of thousands.
  public Map<String, EventDigest> digests(UUID workspace, Collection<String> eventIds) {
    if (eventIds.isEmpty()) {
      return Map.of();
    }
    return jdbc.prepareStatement(
        """
        SELECT known.event_id, known.digest
        FROM unnest(?) AS asked (event_id)
        CROSS JOIN LATERAL (
          SELECT event_id, digest
          FROM stipend.usage_event_ids
          WHERE workspace_id = ?
            AND event_id = asked.event_id
          LIMIT 1) AS known
        """,
        statement -> {
          Statements.bind(statement, Statements.array("text", eventIds), workspace);
          Map<String, EventDigest> digests = new HashMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              digests.put(rows.getString(1), EventDigest.stored(rows.getBytes(2)));
            }
          }
          return digests;
        });
  }

  /// Gives back ids that were claimed in the same transaction.
  public void release(UUID workspace, Collection<String> eventIds) {
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.usage_event_ids
        WHERE workspace_id = ?
          AND event_id = ANY (?)
        """,
        workspace,
        Statements.array("text", eventIds));
  }

  /// When the oldest event happened whose id is remembered without need.
  @Transactional
  public Optional<Instant> oldestBefore(Instant end) {
    return jdbc.prepareStatement(
        """
        SELECT min(occurred_at) AS oldest
        FROM stipend.usage_event_ids
        WHERE occurred_at < ?
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(end));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return Instants.readOptional(row, "oldest");
          }
        });
  }

  /// Forgets up to `most` ids of events of a time, but those that a new event has by now. Says how
  /// many.
  @Transactional
  public int forget(Instant from, Instant until, int most) {
    return Sql.update(
        jdbc,
        """
        DELETE FROM stipend.usage_event_ids
        WHERE ctid = ANY (ARRAY(
          SELECT ctid
          FROM stipend.usage_event_ids
          WHERE occurred_at >= ?
            AND occurred_at < ?
          LIMIT ?))
          AND occurred_at < ?
        """,
        from,
        until,
        most,
        until);
  }
}
