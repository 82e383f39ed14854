package dev.stipend.spend;

import dev.stipend.money.Money;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What waits for a price. Who locks an event here is the one to price it.
@Singleton
public class UnpricedEvents {
  /// A recorded event that waits.
  ///
  /// @param counted what counts meanwhile: the ceiling at its recording, or nothing
  record Waiting(UsageEvent event, Money counted) {}

  /// Where a reading of one model's events goes on.
  record Position(Instant occurredAt, String eventId) {
    static final Position START = new Position(Instant.EPOCH, "");

    static Position after(UsageEvent event) {
      return new Position(event.occurredAt(), event.eventId());
    }
  }

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
          List<UnpricedModel> models = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              models.add(model(row));
            }
          }
          return models;
        });
  }

  void add(UUID workspace, List<PricedEvent> events) {
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

  /// Locks the next events of a model, in the order of time, leaving out those that somebody else
  /// holds.
  List<Waiting> claim(UUID workspace, UnpricedModel model, Position after, int most) {
    return jdbc.prepareStatement(
        """
        SELECT u.*
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
        ORDER BY w.occurred_at, w.event_id
        LIMIT ?
        FOR UPDATE OF w SKIP LOCKED
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setString(2, model.provider());
          statement.setString(3, model.model());
          statement.setObject(4, Instants.parameter(after.occurredAt()));
          statement.setString(5, after.eventId());
          statement.setInt(6, most);
          List<Waiting> waiting = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              waiting.add(new Waiting(rows.event(row), LedgerRow.counted(row)));
            }
          }
          return waiting;
        });
  }

  /// Takes events out, which the caller has locked.
  void remove(UUID workspace, List<UsageEvent> events) {
    jdbc.prepareStatement(
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
