package dev.stipend.ingest.ledger;

import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ledger's rows: appended, never changed.
@Singleton
public class UsageLogs {
  private static final String INSERT =
      """
      INSERT INTO stipend.usage_logs (
        workspace_id, recorded_at, event_id, occurred_at, kind, corrects, user_id, agent_id, workflow_id, team_id,
        provider, model, input_tokens, cached_input_tokens, cache_write_tokens, audio_input_tokens, output_tokens,
        reasoning_tokens, audio_output_tokens, cost, unpriced, tags, details)
      SELECT ?, ?, event_id, %s, kind, corrects, user_id, agent_id, workflow_id, team_id,
        provider, model, input_tokens, cached_input_tokens, cache_write_tokens, audio_input_tokens, output_tokens,
        reasoning_tokens, audio_output_tokens, cost, unpriced, CAST(tags AS jsonb),
        CAST(details AS jsonb)
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS event (
        event_id, occurred_micros, kind, corrects, user_id, agent_id, workflow_id, team_id,
        provider, model, input_tokens, cached_input_tokens, cache_write_tokens, audio_input_tokens, output_tokens,
        reasoning_tokens, audio_output_tokens, cost, unpriced, tags, details)
      """
          .formatted(Instants.FROM_MICROS.formatted("occurred_micros"));

  private final JdbcOperations jdbc;
  private final LedgerRow row;

  UsageLogs(JdbcOperations jdbc, LedgerRow row) {
    this.jdbc = jdbc;
    this.row = row;
  }

  /// Where an event stands in the ledger of a workspace.
  public record Place(Instant occurredAt, String eventId) {
    public static Place of(UsageEvent event) {
      return new Place(event.occurredAt(), event.eventId());
    }
  }

  /// An event as the ledger knows it.
  ///
  /// @param counted its cost, told or computed
  public record Known(UsageEvent event, Money counted) {
    /// Whether another event is this one. A cost that was computed says nothing about what was
    /// told.
    public boolean isSameAs(UsageEvent other) {
      return EventDigest.of(event).equals(EventDigest.of(other.withoutCost()))
          && other.cost().map(counted::equals).orElse(true);
    }
  }

  /// Appends events whose ids are claimed.
  public void append(UUID workspace, List<PricedEvent> events, Instant now) {
    jdbc.prepareStatement(
        INSERT,
        statement -> {
          bind(statement, workspace, events, now);
          return statement.executeUpdate();
        });
  }

  /// Appends the events whose places nobody has taken, and answers those.
  public Set<Place> appendUnknown(UUID workspace, List<PricedEvent> events, Instant now) {
    List<PricedEvent> inOrder =
        events.stream()
            .sorted(
                Comparator.comparing((PricedEvent priced) -> priced.event().occurredAt())
                    .thenComparing(priced -> priced.event().eventId()))
            .toList();
    return jdbc.prepareStatement(
        INSERT
            + """
            ON CONFLICT (workspace_id, occurred_at, event_id) DO NOTHING
            RETURNING occurred_at, event_id
            """,
        statement -> {
          bind(statement, workspace, inOrder, now);
          Set<Place> places = HashSet.newHashSet(events.size());
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              places.add(new Place(Instants.read(rows, "occurred_at"), rows.getString("event_id")));
            }
          }
          return places;
        });
  }

  /// The events at these places. Each is looked up by itself, so that no plan reads a whole month.
  public Map<Place, Known> find(UUID workspace, List<Place> places) {
    if (places.isEmpty()) {
      return Map.of();
    }
    return jdbc.prepareStatement(
        """
        SELECT u.*
        FROM unnest(?, ?) AS place (occurred_at, event_id)
        CROSS JOIN LATERAL (
          SELECT *
          FROM stipend.usage_logs
          WHERE workspace_id = ?
            AND occurred_at = place.occurred_at
            AND event_id = place.event_id
          LIMIT 1) AS u
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, places).instants(Place::occurredAt).texts(Place::eventId);
          statement.setObject(3, workspace);
          Map<Place, Known> known = new HashMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              UsageEvent event = row.event(rows);
              known.put(Place.of(event), new Known(event, LedgerRow.counted(rows)));
            }
          }
          return known;
        });
  }

  /// What an event counts by now.
  ///
  /// @param cost with everything that corrected it at its own time
  /// @param rows the event and what corrected it
  public record Counted(Money cost, int rows) {}

  /// What the event at a place counts, with what corrected it there.
  public Counted counted(UUID workspace, Place place) {
    return Sql.first(
            jdbc,
            """
            SELECT coalesce(sum(cost), 0) AS cost, count(*) AS events
            FROM stipend.usage_logs
            WHERE workspace_id = ?
              AND occurred_at = ?
              AND (event_id = ? OR corrects = ?)
            """,
            found -> new Counted(new Money(found.getBigDecimal("cost")), found.getInt("events")),
            workspace,
            place.occurredAt(),
            place.eventId(),
            place.eventId())
        .orElseThrow();
  }

  /// The ids of those of the events that something corrected at their own time.
  public Set<String> corrected(UUID workspace, List<UsageEvent> events) {
    return jdbc.prepareStatement(
        """
        SELECT DISTINCT u.corrects
        FROM unnest(?, ?) AS place (occurred_at, event_id)
        CROSS JOIN LATERAL (
          SELECT corrects
          FROM stipend.usage_logs
          WHERE workspace_id = ?
            AND occurred_at = place.occurred_at
            AND corrects = place.event_id
          LIMIT 1) AS u
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, events)
              .instants(UsageEvent::occurredAt)
              .texts(UsageEvent::eventId);
          statement.setObject(3, workspace);
          return Rows.set(statement, found -> found.getString("corrects"));
        });
  }

  private void bind(
      PreparedStatement statement, UUID workspace, List<PricedEvent> events, Instant now)
      throws SQLException {
    Statements.bind(statement, workspace, now);
    new ArrayBinder<>(statement, 3, events)
        .texts(priced -> priced.event().eventId())
        .micros(priced -> priced.event().occurredAt())
        .texts(priced -> Labels.of(priced.event().kind()))
        .texts(priced -> priced.event().corrects().orElse(null))
        .texts(priced -> priced.event().attribution().userId())
        .texts(priced -> priced.event().attribution().agentId())
        .texts(priced -> priced.event().attribution().workflowId())
        .texts(priced -> priced.event().attribution().teamId())
        .texts(priced -> priced.event().attribution().provider())
        .texts(priced -> priced.event().attribution().model())
        .longs(priced -> priced.event().tokens().input())
        .longs(priced -> priced.event().tokens().cachedInput())
        .longsOrNull(priced -> known(priced.event().tokens().cacheWrite()))
        .longsOrNull(priced -> known(priced.event().tokens().audioInput()))
        .longs(priced -> priced.event().tokens().output())
        .longsOrNull(priced -> known(priced.event().tokens().reasoning()))
        .longsOrNull(priced -> known(priced.event().tokens().audioOutput()))
        .decimals(priced -> priced.cost().map(Money::amount).orElse(null))
        .longs(PricedEvent::unpriced)
        .texts(priced -> row.tags(priced.event().tags()))
        .texts(row::details);
  }

  /// Creates the ledger's monthly partitions that cover [from, until). Answers how many are new.
  @Transactional
  public int createPartitions(Instant from, Instant until) {
    return jdbc.prepareStatement(
        "SELECT stipend.create_usage_partitions(?, ?)",
        statement -> {
          Statements.bind(statement, from, until);
          try (ResultSet created = statement.executeQuery()) {
            created.next();
            return created.getInt(1);
          }
        });
  }

  /// The months of rows that landed outside of any month.
  @Transactional
  public List<Instant> homelessMonths() {
    return Sql.list(
        jdbc,
        """
        SELECT DISTINCT date_trunc('month', occurred_at, 'UTC') AS month
        FROM ONLY stipend.usage_logs_default
        ORDER BY 1
        """,
        rows -> Instants.read(rows, "month"));
  }

  /// The rarer kinds take no space where there are none.
  private static @Nullable Long known(long tokens) {
    return tokens == 0 ? null : tokens;
  }
}
