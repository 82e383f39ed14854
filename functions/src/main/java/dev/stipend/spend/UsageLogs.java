package dev.stipend.spend;

import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ledger's rows: appended, never changed.
@Singleton
class UsageLogs {
  private final JdbcOperations jdbc;
  private final LedgerRow row;

  UsageLogs(JdbcOperations jdbc, LedgerRow row) {
    this.jdbc = jdbc;
    this.row = row;
  }

  void append(UUID workspace, List<PricedEvent> events, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.usage_logs (
          workspace_id, recorded_at, event_id, occurred_at, kind, corrects, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, cache_write_tokens, audio_input_tokens, output_tokens,
          reasoning_tokens, audio_output_tokens, cost, unpriced, tags)
        SELECT ?, ?, event_id, occurred_at, kind, corrects, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, cache_write_tokens, audio_input_tokens, output_tokens,
          reasoning_tokens, audio_output_tokens, cost, unpriced, CAST(tags AS jsonb)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS event (
          event_id, occurred_at, kind, corrects, user_id, agent_id, workflow_id, team_id,
          provider, model, input_tokens, cached_input_tokens, cache_write_tokens, audio_input_tokens, output_tokens,
          reasoning_tokens, audio_output_tokens, cost, unpriced, tags)
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
              .longsOrNull(priced -> known(priced.event().tokens().cacheWrite()))
              .longsOrNull(priced -> known(priced.event().tokens().audioInput()))
              .longs(priced -> priced.event().tokens().output())
              .longsOrNull(priced -> known(priced.event().tokens().reasoning()))
              .longsOrNull(priced -> known(priced.event().tokens().audioOutput()))
              .decimals(priced -> priced.cost().map(Money::amount).orElse(null))
              .longs(PricedEvent::unpriced)
              .texts(priced -> row.tags(priced.event().tags()));
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
          try (ResultSet created = statement.executeQuery()) {
            created.next();
            return created.getInt(1);
          }
        });
  }

  /// The rarer kinds take no space where there are none.
  private static @Nullable Long known(long tokens) {
    return tokens == 0 ? null : tokens;
  }
}
