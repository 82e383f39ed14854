package dev.stipend.ingest.record;

import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.format.UnknownUsage;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// The rows of `unknown_usage_attributes`. They are a note to people, not a count that anything
/// depends on: written after the commit of what was recorded, at most 200 in a workspace.
@Singleton
public class UnknownAttributes {
  private static final int MOST = 200;

  /// What is one row.
  private record Key(String library, String attribute) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::library).thenComparing(Key::attribute);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /// What a batch adds to one row.
  private record Seen(UnknownUsage last, long events) {}

  private final JdbcOperations jdbc;

  UnknownAttributes(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Takes note of what messages told that nobody understands.
  ///
  /// @param recorded what became of their events: those that were there before count no more
  @Transactional
  public void add(UUID workspace, Intake intake, UsageRecorded recorded, Instant now) {
    Map<Key, Seen> seen = new TreeMap<>();
    intake.unknown().forEach(usage -> count(seen, usage));
    Set<String> fresh = new HashSet<>(recorded.recorded());
    for (Intake.Event event : intake.events()) {
      if (!event.unknown().isEmpty() && fresh.contains(UsageEventReader.idOf(event.json()))) {
        event.unknown().forEach(usage -> count(seen, usage));
      }
    }
    if (!seen.isEmpty()) {
      add(workspace, List.copyOf(seen.values()), now);
    }
  }

  private static void count(Map<Key, Seen> seen, UnknownUsage usage) {
    seen.merge(
        new Key(usage.library(), usage.attribute()),
        new Seen(usage, 1),
        (before, now) -> new Seen(now.last(), before.events() + now.events()));
  }

  /// Rows are locked in key order, so that concurrent batches cannot deadlock.
  private void add(UUID workspace, List<Seen> seen, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.unknown_usage_attributes AS known (
          workspace_id, library, attribute, version, last_value, events, first_seen_at, last_seen_at)
        SELECT ?, seen.library, seen.attribute, seen.version, seen.last_value, seen.events, ?, ?
        FROM (
          SELECT *, row_number() OVER (ORDER BY library, attribute) AS place
          FROM unnest(?, ?, ?, ?, ?) AS told (library, attribute, version, last_value, events)) AS seen
        WHERE EXISTS (
            SELECT
            FROM stipend.unknown_usage_attributes before
            WHERE before.workspace_id = ?
              AND before.library = seen.library
              AND before.attribute = seen.attribute)
          OR seen.place + (
            SELECT count(*)
            FROM stipend.unknown_usage_attributes others
            WHERE others.workspace_id = ?) <= ?
        ORDER BY seen.library, seen.attribute
        ON CONFLICT (workspace_id, library, attribute) DO UPDATE
        SET version = EXCLUDED.version,
            last_value = EXCLUDED.last_value,
            events = known.events + EXCLUDED.events,
            last_seen_at = greatest(known.last_seen_at, EXCLUDED.last_seen_at)
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, Instants.parameter(now));
          statement.setObject(3, Instants.parameter(now));
          new ArrayBinder<>(statement, 4, seen)
              .texts(each -> each.last().library())
              .texts(each -> each.last().attribute())
              .texts(each -> each.last().version())
              .texts(each -> each.last().value())
              .longs(Seen::events);
          statement.setObject(9, workspace);
          statement.setObject(10, workspace);
          statement.setInt(11, MOST);
          return statement.executeUpdate();
        });
  }

  /// All of a workspace, the newest first.
  @Transactional
  public List<UnknownAttribute> list(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT library, version, attribute, last_value, events, first_seen_at, last_seen_at
        FROM stipend.unknown_usage_attributes
        WHERE workspace_id = ?
        ORDER BY last_seen_at DESC, library, attribute
        """,
        statement -> {
          statement.setObject(1, workspace);
          return Rows.list(statement, UnknownAttributes::attribute);
        });
  }

  private static UnknownAttribute attribute(ResultSet row) throws SQLException {
    return new UnknownAttribute(
        row.getString("library"),
        row.getString("version"),
        row.getString("attribute"),
        row.getString("last_value"),
        row.getLong("events"),
        Instants.read(row, "first_seen_at"),
        Instants.read(row, "last_seen_at"));
  }

  /// How many there are of all workspaces that were seen since then, for who has a connection and
  /// no transaction.
  public static int countSince(Connection connection, Instant since) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FROM stipend.unknown_usage_attributes WHERE last_seen_at >= ?")) {
      statement.setObject(1, Instants.parameter(since));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }
}
