package dev.stipend.spend;

import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The ledger's rows: appended, never changed.
@Singleton
class UsageLogs {
  private final JdbcOperations jdbc;
  private final JsonMapper json;

  UsageLogs(JdbcOperations jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void append(UUID workspace, List<PricedEvent> events, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.usage_logs (
          workspace_id, recorded_at, event_id, occurred_at, kind, corrects, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost, tags)
        SELECT ?, ?, event_id, occurred_at, kind, corrects, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost, CAST(tags AS jsonb)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS event (
          event_id, occurred_at, kind, corrects, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, output_tokens, cost, tags)
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, Instants.parameter(now));
          new ArrayBinder<>(statement, 3, events)
              .texts(priced -> priced.event().eventId())
              .instants(priced -> priced.event().occurredAt())
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
              .longs(priced -> priced.event().tokens().output())
              .decimals(priced -> priced.cost().map(Money::amount).orElse(null))
              .texts(priced -> tags(priced.event().tags()));
          return statement.executeUpdate();
        });
  }

  /// Creates the ledger's monthly partitions that cover [from, until). Answers how many are new.
  int createPartitions(Instant from, Instant until) {
    return jdbc.prepareStatement(
        "SELECT stipend.create_usage_partitions(?, ?)",
        statement -> {
          statement.setObject(1, Instants.parameter(from));
          statement.setObject(2, Instants.parameter(until));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  private String tags(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return "{}";
    }
    try {
      return json.writeValueAsString(tags);
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
  }
}
