package dev.stipend.ingest.unpriced;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.LedgerRow;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.WaitingUsage;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What waits for a price. Who locks an event here is the one to price it.
@Singleton
public class UnpricedEvents implements WaitingUsage {
  /// A recorded event that waits, locked by the caller's transaction.
  ///
  /// @param counted what counts meanwhile: the ceiling at its recording, or nothing
  public record Claimed(UsageEvent event, Money counted) {}

  /// Where a reading of one model's events goes on.
  public record Position(Instant occurredAt, String eventId) {
    public static Position from(Instant first) {
      return new Position(first, "");
    }

    public static Position after(UsageEvent event) {
      return new Position(event.occurredAt(), event.eventId());
    }
  }

  /// The events of a selection that wait, with their rows of the ledger.
  private static final String SELECTED =
      """
      FROM stipend.unpriced_events w
      CROSS JOIN LATERAL (
        SELECT *
        FROM stipend.usage_logs
        WHERE workspace_id = w.workspace_id
          AND occurred_at = w.occurred_at
          AND event_id = w.event_id
        LIMIT 1) AS u
      WHERE w.workspace_id = ?
        AND w.provider = ?
        AND w.model = ?
        AND (w.occurred_at, w.event_id) > (?, ?)
        AND w.occurred_at < ?
        AND u.user_id = coalesce(nullif(?, ''), u.user_id)
        AND u.agent_id = coalesce(nullif(?, ''), u.agent_id)
        AND u.workflow_id = coalesce(nullif(?, ''), u.workflow_id)
        AND u.team_id = coalesce(nullif(?, ''), u.team_id)
      """;

  private final JdbcOperations jdbc;
  private final LedgerRow rows;

  UnpricedEvents(JdbcOperations jdbc, LedgerRow rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /// The models whose usage waits, by provider and name.
  @Transactional
  public List<UnpricedModel> byModel(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT provider, model, count(*) AS events, sum(input_tokens) AS input_tokens,
          sum(output_tokens) AS output_tokens, min(occurred_at) AS first_at, max(occurred_at) AS last_at
        FROM stipend.unpriced_events
        WHERE workspace_id = ?
        GROUP BY provider, model
        ORDER BY provider, model
        """,
        statement -> {
          statement.setObject(1, workspace);
          return Rows.list(statement, row -> model(row));
        });
  }

  /// As {@link #byModel}, without reading every event: the index is entered anew for each model.
  @Override
  @Transactional
  public List<Waiting> models(UUID workspace) {
    return jdbc.prepareStatement(
        """
        WITH RECURSIVE models AS (
          (SELECT workspace_id, provider, model
           FROM stipend.unpriced_events
           WHERE workspace_id = ?
           ORDER BY provider, model
           LIMIT 1)
          UNION ALL
          SELECT next.workspace_id, next.provider, next.model
          FROM models m
          CROSS JOIN LATERAL (
            SELECT e.workspace_id, e.provider, e.model
            FROM stipend.unpriced_events e
            WHERE e.workspace_id = m.workspace_id
              AND (e.provider, e.model) > (m.provider, m.model)
            ORDER BY e.provider, e.model
            LIMIT 1) AS next)
        SELECT m.provider, m.model, first.occurred_at AS first_at, last.occurred_at AS last_at
        FROM models m
        CROSS JOIN LATERAL (
          SELECT e.occurred_at
          FROM stipend.unpriced_events e
          WHERE e.workspace_id = m.workspace_id
            AND e.provider = m.provider
            AND e.model = m.model
          ORDER BY e.occurred_at
          LIMIT 1) AS first
        CROSS JOIN LATERAL (
          SELECT e.occurred_at
          FROM stipend.unpriced_events e
          WHERE e.workspace_id = m.workspace_id
            AND e.provider = m.provider
            AND e.model = m.model
          ORDER BY e.occurred_at DESC
          LIMIT 1) AS last
        """,
        statement -> {
          statement.setObject(1, workspace);
          return Rows.list(
              statement,
              row ->
                  new Waiting(
                      new ModelName(row.getString("provider"), row.getString("model")),
                      Instants.read(row, "first_at"),
                      Instants.read(row, "last_at")));
        });
  }

  @Override
  @Transactional
  public long count(UUID workspace, Map<ModelName, Instant> since) {
    return jdbc.prepareStatement(
        """
        SELECT coalesce(sum(waiting.events), 0) AS events
        FROM unnest(?, ?, ?) AS asked (provider, model, since)
        CROSS JOIN LATERAL (
          SELECT count(*) AS events
          FROM stipend.unpriced_events
          WHERE workspace_id = ?
            AND provider = asked.provider
            AND model = asked.model
            AND occurred_at >= asked.since) AS waiting
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, List.copyOf(since.entrySet()))
              .texts(asked -> asked.getKey().provider())
              .texts(asked -> asked.getKey().model())
              .instants(Map.Entry::getValue);
          statement.setObject(4, workspace);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong("events");
          }
        });
  }

  public void add(UUID workspace, List<PricedEvent> events) {
    List<UsageEvent> waiting =
        events.stream().filter(priced -> priced.unpriced() > 0).map(PricedEvent::event).toList();
    if (waiting.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.unpriced_events (
          workspace_id, provider, model, occurred_at, event_id, input_tokens, output_tokens)
        SELECT ?, waiting.*
        FROM unnest(?, ?, ?, ?, ?, ?) AS waiting (
          provider, model, occurred_at, event_id, input_tokens, output_tokens)
        """,
        statement -> {
          statement.setObject(1, workspace);
          new ArrayBinder<>(statement, 2, waiting)
              .texts(event -> event.attribution().provider())
              .texts(event -> event.attribution().model())
              .instants(UsageEvent::occurredAt)
              .texts(UsageEvent::eventId)
              .longs(event -> event.tokens().input())
              .longs(event -> event.tokens().output());
          return statement.executeUpdate();
        });
  }

  /// Locks the next of the events, in the order of time, leaving out those that somebody else
  /// holds.
  public List<Claimed> claim(UUID workspace, UnpricedSelection which, Position after, int most) {
    return jdbc.prepareStatement(
        "SELECT u.*\n"
            + SELECTED
            + """
            ORDER BY w.occurred_at, w.event_id
            LIMIT ?
            FOR UPDATE OF w SKIP LOCKED
            """,
        statement -> {
          bind(statement, workspace, which, after);
          statement.setInt(11, most);
          return Rows.list(statement, row -> new Claimed(rows.event(row), LedgerRow.counted(row)));
        });
  }

  /// Reads the next of the events in the order of time, and leaves them to others.
  public List<Claimed> read(UUID workspace, UnpricedSelection which, Position after, int most) {
    return jdbc.prepareStatement(
        "SELECT u.*\n"
            + SELECTED
            + """
            ORDER BY w.occurred_at, w.event_id
            LIMIT ?
            """,
        statement -> {
          bind(statement, workspace, which, after);
          statement.setInt(11, most);
          return Rows.list(statement, row -> new Claimed(rows.event(row), LedgerRow.counted(row)));
        });
  }

  /// How many of the events wait.
  public long count(UUID workspace, UnpricedSelection which) {
    return jdbc.prepareStatement(
        "SELECT count(*) AS events\n" + SELECTED,
        statement -> {
          bind(statement, workspace, which, Position.from(which.from()));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong("events");
          }
        });
  }

  private static void bind(
      PreparedStatement statement, UUID workspace, UnpricedSelection which, Position after)
      throws SQLException {
    Attribution of = which.of();
    Statements.bind(
        statement,
        workspace,
        of.provider(),
        of.model(),
        after.occurredAt(),
        after.eventId(),
        which.until(),
        of.userId(),
        of.agentId(),
        of.workflowId(),
        of.teamId());
  }

  /// Takes events out, which the caller has locked. Answers how many were there.
  public int remove(UUID workspace, List<UsageEvent> events) {
    return jdbc.prepareStatement(
        """
        DELETE FROM stipend.unpriced_events w
        USING unnest(?, ?, ?, ?) AS priced (provider, model, occurred_at, event_id)
        WHERE w.workspace_id = ?
          AND w.provider = priced.provider
          AND w.model = priced.model
          AND w.occurred_at = priced.occurred_at
          AND w.event_id = priced.event_id
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, events)
              .texts(event -> event.attribution().provider())
              .texts(event -> event.attribution().model())
              .instants(UsageEvent::occurredAt)
              .texts(UsageEvent::eventId);
          statement.setObject(5, workspace);
          return statement.executeUpdate();
        });
  }

  private static UnpricedModel model(ResultSet row) throws SQLException {
    return new UnpricedModel(
        row.getString("provider"),
        row.getString("model"),
        row.getLong("events"),
        row.getLong("input_tokens"),
        row.getLong("output_tokens"),
        Instants.read(row, "first_at"),
        Instants.read(row, "last_at"));
  }
}
