package dev.stipend.ingest.ledger;

import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The quarter-hour rollup of the ledger.
@Singleton
public class CostTracking {
  private static final long BUCKET_SECONDS = 15 * 60;

  /// One row's key within a workspace.
  private record Key(Instant bucketStart, Attribution attribution) {}

  /// What a batch adds to one row.
  private record Increment(
      Key key,
      Money cost,
      long requests,
      long unpriced,
      long input,
      long cachedInput,
      long output) {
    static Increment of(PricedEvent priced) {
      UsageEvent event = priced.event();
      long second = event.occurredAt().getEpochSecond();
      Instant bucket = Instant.ofEpochSecond(second - Math.floorMod(second, BUCKET_SECONDS));
      return new Increment(
          new Key(bucket, event.attribution()),
          priced.counted(),
          priced.requests(),
          priced.unpriced(),
          event.tokens().input(),
          event.tokens().cachedInput(),
          event.tokens().output());
    }

    Increment plus(Increment other) {
      return new Increment(
          key,
          cost.plus(other.cost),
          requests + other.requests,
          unpriced + other.unpriced,
          input + other.input,
          cachedInput + other.cachedInput,
          output + other.output);
    }
  }

  private final JdbcOperations jdbc;

  CostTracking(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Adds the events. Rows are locked in key order, so that concurrent batches cannot deadlock.
  public void add(UUID workspace, List<PricedEvent> events) {
    Map<Key, Increment> byKey = new HashMap<>();
    events.stream()
        .map(Increment::of)
        .forEach(increment -> byKey.merge(increment.key(), increment, Increment::plus));
    List<Increment> increments = new ArrayList<>(byKey.values());
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.cost_tracking AS tracked (
          workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
          cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
        SELECT ?, added.*
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS added (
          bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
          cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
        ORDER BY bucket_start, user_id, agent_id, workflow_id, team_id, provider, model
        ON CONFLICT (workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model) DO UPDATE
        SET cost = tracked.cost + EXCLUDED.cost,
            requests = tracked.requests + EXCLUDED.requests,
            unpriced = tracked.unpriced + EXCLUDED.unpriced,
            input_tokens = tracked.input_tokens + EXCLUDED.input_tokens,
            cached_input_tokens = tracked.cached_input_tokens + EXCLUDED.cached_input_tokens,
            output_tokens = tracked.output_tokens + EXCLUDED.output_tokens
        """,
        statement -> {
          statement.setObject(1, workspace);
          new ArrayBinder<>(statement, 2, increments)
              .instants(increment -> increment.key().bucketStart())
              .texts(increment -> increment.key().attribution().userId())
              .texts(increment -> increment.key().attribution().agentId())
              .texts(increment -> increment.key().attribution().workflowId())
              .texts(increment -> increment.key().attribution().teamId())
              .texts(increment -> increment.key().attribution().provider())
              .texts(increment -> increment.key().attribution().model())
              .decimals(increment -> increment.cost().amount())
              .longs(Increment::requests)
              .longs(Increment::unpriced)
              .longs(Increment::input)
              .longs(Increment::cachedInput)
              .longs(Increment::output);
          return statement.executeUpdate();
        });
  }
}
