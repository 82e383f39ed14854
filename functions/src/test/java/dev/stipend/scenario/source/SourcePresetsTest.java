package dev.stipend.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import dev.stipend.support.http.Requests.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Tables that are known, as their systems make them.
@ExtendWith(StipendExtension.class)
class SourcePresetsTest {
  private static final String EVENTS =
      """
      SELECT split_part(event_id, ':', 4), occurred_at AT TIME ZONE 'UTC', user_id, agent_id, workflow_id, team_id,
        provider, model, input_tokens, cached_input_tokens, output_tokens, trim_scale(cost)
      FROM stipend.usage_logs
      ORDER BY occurred_at, event_id
      """;

  private final Stipend stipend;
  private final Database host = new Database(TestServers.newDatabase());

  @TempDir Path directory;

  SourcePresetsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  private void deploy(String pack) {
    assertThat(new TestMigrations(host.url(), directory).pack(pack, "own", "deploy").exitCode())
        .isZero();
  }

  private void insert(String sql) {
    host.execute(
        """
        DO $$ BEGIN
          SET session_replication_role = replica;
          SET search_path = own;
          %s;
          SET session_replication_role = origin;
        END $$
        """
            .formatted(sql));
  }

  private Answer connect(String preset, String schema, String table) {
    host.execute(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'preset_reader') THEN
            CREATE ROLE preset_reader LOGIN PASSWORD 'reader';
          END IF;
        END $$
        """);
    host.execute("GRANT USAGE ON SCHEMA %s TO preset_reader".formatted(schema));
    host.execute("GRANT SELECT ON %s.\"%s\" TO preset_reader".formatted(schema, table));
    stipend.set(
        "preset.db.url",
        host.url().replace("postgres:postgres@", "preset_reader:reader@") + "?sslmode=disable");
    Answer made =
        stipend.api(
            "POST",
            "/api/sources",
            "{\"name\":\"%1$s\",\"preset\":\"%1$s\",\"schema\":\"%2$s\",\"urlSecret\":\"PRESET_DB_URL\"}"
                .formatted(preset, schema));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made;
  }

  private List<String> swept() {
    assertThat(stipend.sweep()).doesNotContainKey("failed");
    assertThat(stipend.api("GET", "/api/sources", "").body()).contains("\"state\":\"ok\"");
    return stipend.database.rows(EVENTS);
  }

  @Test
  void agentsPlatformCountsUsageLogs() {
    deploy("agents-platform");
    insert(
        """
        INSERT INTO usage_logs (id, "userId", "agentId", "tokensInput", "tokensOutput", "totalTokens", model, "costInput",
          "costOutput", "totalCost", "timestamp")
        VALUES ('00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-0000000000a1',
          '00000000-0000-0000-0000-0000000000b1', 1000, 200, 1200, 'gpt-4o', 0.25, 0.600001, 0.850001,
          '2026-06-15 11:59:59.123')
        """);
    Answer made = connect("agents-platform", "own", "usage_logs");
    assertThat(made.body())
        .as("the document gives no such index")
        .contains("No index begins with timestamp");
    assertThat(swept())
        .containsExactly(
            "00000000-0000-0000-0000-0000000000e1|2026-06-15"
                + " 11:59:59.123|00000000-0000-0000-0000-0000000000a1"
                + "|00000000-0000-0000-0000-0000000000b1||||gpt-4o|1000|0|200|0.850001");
  }

  @Test
  void aiAgentSystemCountsRequestsWithTheirFinalCost() {
    deploy("ai-agent-system");
    insert(
        """
        INSERT INTO ai_requests (id, user_id, agent_id, provider, model, input_tokens, cached_input_tokens,
          output_tokens, total_cost, created_at, status)
        VALUES (1, 7, 3, 'openai', 'gpt-4o', 100, 40, 10, 0.125, '2026-06-15 11:00:00Z', 'completed'),
          (2, 7, NULL, 'openai', 'gpt-4o', 0, 0, 0, 0, '2026-06-15 11:30:00Z', 'processing'),
          (3, 8, NULL, 'anthropic', 'claude-sonnet-4-5', 5, 0, 5, 0.25, '2026-06-15 11:40:00Z', 'pending')
        """);
    Answer made = connect("ai-agent-system", "own", "ai_requests");
    assertThat(made.body())
        .as("it has its index, and its budgets are not granted")
        .contains("\"warnings\":[\"Its budgets cannot be followed");
    assertThat(swept())
        .containsExactly(
            "1|2026-06-15 11:00:00|7|3|||openai|gpt-4o|100|40|10|0.125",
            "3|2026-06-15 11:40:00|8||||anthropic|claude-sonnet-4-5|5|0|5|0.25");

    insert(
        "UPDATE ai_requests SET status = 'completed', input_tokens = 9, total_cost = total_cost + 1"
            + " WHERE id > 1");
    stipend.clock.tick(Duration.ofHours(1));
    assertThat(swept()).contains("2|2026-06-15 11:30:00|7||||openai|gpt-4o|9|0|0|1");
    assertThat(stipend.database.value("SELECT trim_scale(sum(cost)) FROM stipend.usage_logs"))
        .as("what the host's own rows come to")
        .isEqualTo(host.value("SELECT trim_scale(sum(total_cost)) FROM own.ai_requests"));
  }

  @Test
  void promptBudgetCountsTurnMetricsAndPricesThoseWithoutACost() {
    deploy("prompt-budget");
    insert(
        """
        INSERT INTO turn_metrics (id, turn_id, user_id, agent_id, provider, model, input_tokens, output_tokens, cost,
          created_at)
        VALUES (1, 5, 'ana', 'writer', 'openai', 'gpt-4o', 1000, 1000, NULL, '2026-06-15 11:00:00Z'),
          (2, 5, 'ana', 'writer', 'openai', 'gpt-4o', 1000, 1000, 0.5, '2026-06-15 11:00:01Z')
        """);
    Answer made = connect("prompt-budget", "own", "turn_metrics");
    assertThat(made.body()).contains("\"warnings\":[]");
    assertThat(swept())
        .containsExactly(
            "1|2026-06-15 11:00:00|ana|writer|5||openai|gpt-4o|1000|0|1000|0.0125",
            "2|2026-06-15 11:00:01|ana|writer|5||openai|gpt-4o|1000|0|1000|0.5");
  }

  @Test
  void litellmCountsSpendLogsExactlyAndBelievesNoZeroOfAnUnknownModel() throws IOException {
    try (InputStream schema =
        SourcePresetsTest.class.getResourceAsStream("/sources/litellm-spend-logs.sql")) {
      host.execute(
          new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8));
    }
    host.execute(
        """
        INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, spend, prompt_tokens, completion_tokens, "startTime",
          "endTime", model, custom_llm_provider, "user", end_user, team_id, status, cache_hit, session_id)
        VALUES ('chatcmpl-1', 'acompletion', 0.1 + 0.2, 100, 20, '2026-06-15 11:00:00.5', '2026-06-15 11:00:01', 'gpt-4o',
            'openai', 'u1', '', 't1', 'success', 'False', 's1'),
          ('chatcmpl-2', 'acompletion', 0, 1000, 1000, '2026-06-15 11:00:01', '2026-06-15 11:00:02', 'gpt-4o', 'openai',
            'u1', 'customer-9', NULL, 'success', 'False', NULL),
          ('chatcmpl-3', 'acompletion', 0, 1000, 1000, '2026-06-15 11:00:02', '2026-06-15 11:00:02', 'gpt-4o', 'openai',
            'u1', NULL, NULL, 'success', 'True', NULL),
          ('failed-4', 'acompletion', 0, 0, 0, '2026-06-15 11:00:03', '2026-06-15 11:00:03', 'gpt-4o', 'openai', '', NULL,
            NULL, 'failure', '', NULL)
        """);
    Answer made = connect("litellm", "public", "LiteLLM_SpendLogs");
    assertThat(made.body()).contains("\"warnings\":[]", "\"orderedBy\":\"startTime\"");
    assertThat(swept())
        .containsExactly(
            "chatcmpl-1|2026-06-15 11:00:00.5|u1|||t1|openai|gpt-4o|100|0|20|0.3",
            "chatcmpl-2|2026-06-15 11:00:01|customer-9||||openai|gpt-4o|1000|0|1000|0.0125",
            "chatcmpl-3|2026-06-15 11:00:02|u1||||openai|gpt-4o|1000|0|1000|0",
            "failed-4|2026-06-15 11:00:03|||||openai|gpt-4o|0|0|0|0");
    assertThat(
            stipend.database.value(
                "SELECT tags ->> 'session' FROM stipend.usage_logs WHERE tags <> '{}' AND tags ->>"
                    + " 'session' IS NOT NULL"))
        .isEqualTo("s1");
  }
}
