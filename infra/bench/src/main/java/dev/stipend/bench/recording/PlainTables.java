package dev.stipend.bench.recording;

import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/// Tables with the columns, keys, indexes and checks of the ledger and of the ids of its events,
/// which nothing else is written with: what plainly inserting the rows costs. One batch is one
/// transaction.
final class PlainTables {
  private static final UUID WORKSPACE = new UUID(1, 1);
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private final Connection connection;
  private final String ids;
  private final String logs;

  /// Creates the tables.
  PlainTables(Connection connection, String name) throws SQLException {
    this.connection = connection;
    this.ids = name + "_ids";
    this.logs = name + "_logs";
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE %s (LIKE stipend.usage_event_ids INCLUDING ALL)".formatted(ids));
      statement.execute("CREATE TABLE %s (LIKE stipend.usage_logs INCLUDING ALL)".formatted(logs));
    }
    connection.setAutoCommit(false);
  }

  /// The rows that recording inserts: of the ledger, and of the ids that make it exactly once.
  void insertRows(List<SampleEvent> events, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO %s (workspace_id, event_id, occurred_at, digest, recorded_at)
        VALUES (?, ?, ?, decode(?, 'hex'), ?)
        """
            .formatted(ids);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (SampleEvent event : events) {
        statement.setObject(1, WORKSPACE);
        statement.setString(2, event.eventId());
        statement.setObject(3, Instants.parameter(event.occurredAt()));
        statement.setString(4, DIGEST);
        statement.setObject(5, Instants.parameter(now));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    insertLedger(events, now);
  }

  /// The ledger's rows alone.
  void insertLedger(List<SampleEvent> events, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO %s (
          workspace_id, recorded_at, kind, event_id, occurred_at, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost, tags)
        VALUES (?, ?, 'usage', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')
        """
            .formatted(logs);
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

  void insertLedgerFromArrays(List<SampleEvent> events, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO %s (
          workspace_id, recorded_at, kind, event_id, occurred_at, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost, tags)
        SELECT ?, ?, 'usage', event.*, '{}'
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS event
        """
            .formatted(logs);
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
          .decimals(PlainTables::cost);
      statement.executeUpdate();
    }
    connection.commit();
  }

  void copyLedger(List<SampleEvent> events, Instant now) throws SQLException {
    StringBuilder rows = new StringBuilder();
    for (SampleEvent event : events) {
      List<Object> columns =
          List.of(
              WORKSPACE,
              now,
              "usage",
              event.eventId(),
              event.occurredAt(),
              event.userId(),
              event.agentId(),
              event.workflowId(),
              event.teamId(),
              event.provider(),
              event.model(),
              event.input(),
              event.cachedInput(),
              event.output(),
              cost(event).toPlainString());
      rows.append(String.join("\t", columns.stream().map(Object::toString).toList())).append('\n');
    }

    String sql =
        """
        COPY %s (
          workspace_id, recorded_at, kind, event_id, occurred_at, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost)
        FROM STDIN
        """
            .formatted(logs);
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(sql, new StringReader(rows.toString()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    connection.commit();
  }

  /// An amount with as many digits as a priced event has; the arithmetic is next to nothing.
  private static BigDecimal cost(SampleEvent event) {
    return BigDecimal.valueOf((event.input() * 25 + event.output() * 100) * 100_000, 12);
  }
}
