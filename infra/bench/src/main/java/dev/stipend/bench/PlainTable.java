package dev.stipend.bench;

import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A table with the ledger's columns, keys, indexes and checks, which nothing else is written with:
/// the fastest that keyed rows can be inserted in batches.
final class PlainTable {
  private static final UUID WORKSPACE = new UUID(1, 1);

  private final Connection connection;
  private final String name;

  /// Creates the table. One batch is one transaction.
  PlainTable(Connection connection, String name) throws SQLException {
    this.connection = connection;
    this.name = name;
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE %s (LIKE stipend.usage_logs INCLUDING ALL)".formatted(name));
    }
    connection.setAutoCommit(false);
  }

  void insertFromArrays(List<SampleEvent> events, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO %s (
          workspace_id, recorded_at, kind, event_id, occurred_at, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost, tags)
        SELECT ?, ?, 'usage', event.*, '{}'
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS event
        """
            .formatted(name);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, WORKSPACE);
      statement.setObject(2, Instants.parameter(now));
      new ArrayBinder<>(statement, 3, events)
          .texts(SampleEvent::eventId)
          .instants(SampleEvent::occurredAt)
          .texts(SampleEvent::userId)
          .texts(SampleEvent::agentId)
          .texts(SampleEvent::workflowId)
          .texts(SampleEvent::teamId)
          .texts(SampleEvent::provider)
          .texts(SampleEvent::model)
          .longs(SampleEvent::input)
          .longs(SampleEvent::cachedInput)
          .longs(SampleEvent::output)
          .decimals(PlainTable::cost);
      statement.executeUpdate();
    }
    connection.commit();
  }

  void insertBatched(List<SampleEvent> events, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO %s (
          workspace_id, recorded_at, kind, event_id, occurred_at, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost, tags)
        VALUES (?, ?, 'usage', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')
        """
            .formatted(name);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (SampleEvent event : events) {
        statement.setObject(1, WORKSPACE);
        statement.setObject(2, Instants.parameter(now));
        statement.setString(3, event.eventId());
        statement.setObject(4, Instants.parameter(event.occurredAt()));
        statement.setString(5, event.userId());
        statement.setString(6, event.agentId());
        statement.setString(7, event.workflowId());
        statement.setString(8, event.teamId());
        statement.setString(9, event.provider());
        statement.setString(10, event.model());
        statement.setLong(11, event.input());
        statement.setLong(12, event.cachedInput());
        statement.setLong(13, event.output());
        statement.setBigDecimal(14, cost(event));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    connection.commit();
  }

  /// An amount with as many digits as a priced event has; the arithmetic is next to nothing.
  private static BigDecimal cost(SampleEvent event) {
    return BigDecimal.valueOf((event.input() * 25 + event.output() * 100) * 100_000, 12);
  }
}
