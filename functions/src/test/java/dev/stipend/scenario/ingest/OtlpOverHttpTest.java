package dev.stipend.scenario.ingest;

import static dev.stipend.scenario.ingest.OtlpClient.bytes;
import static dev.stipend.scenario.ingest.OtlpClient.gzip;
import static dev.stipend.scenario.ingest.OtlpClient.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Forms;
import dev.stipend.support.OtlpMessages;
import dev.stipend.support.Payloads;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Requests.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What OpenTelemetry's exporters and coding agents send, in every encoding.
@ExtendWith(StipendExtension.class)
class OtlpOverHttpTest {
  private static final String CLAUDE = "claude-code-2.1.332-logs";
  private static final String CODEX = "codex-0.171.0-logs";
  private static final String GEMINI = "gemini-cli-0.61.0-logs";

  private static void sendLogs(Stipend stipend, String payload, String encoding)
      throws IOException {
    for (String body : Payloads.of(payload)) {
      byte[] json = body.getBytes(StandardCharsets.UTF_8);
      Answer answer =
          switch (encoding) {
            case "json" -> stipend.api("POST", "/v1/logs", body);
            case "json gzip" ->
                stipend.apiInBytes("/v1/logs", gzip(json), Map.of("content-encoding", "gzip"));
            default ->
                send(stipend, "/v1/logs", OtlpMessages.logs(body), encoding.endsWith("gzip"));
          };
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      if (encoding.startsWith("json")) {
        assertThat(answer.body()).isEqualTo("{}");
      } else {
        assertThat(bytes(answer)).isEmpty();
      }
    }
  }

  private static String ledger(Stipend stipend) {
    return stipend.database.value(
        "SELECT count(*) || ' ' || coalesce(trim_scale(sum(cost)), 0) FROM stipend.usage_logs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "json gzip", "protobuf", "protobuf gzip"})
  void eachCallOfACodingAgentCountsOnceInEveryEncoding(String encoding, Stipend stipend)
      throws IOException {
    sendLogs(stipend, CLAUDE, encoding);
    assertThat(ledger(stipend)).isEqualTo("1 0.006825");
    sendLogs(stipend, CODEX, encoding);
    sendLogs(stipend, GEMINI, encoding);
    assertThat(ledger(stipend)).isEqualTo("3 0.012725");
    sendLogs(stipend, CLAUDE, "json");
    sendLogs(stipend, CODEX, "protobuf");
    sendLogs(stipend, GEMINI, "json gzip");
    assertThat(ledger(stipend)).isEqualTo("3 0.012725");
  }

  @Test
  void spendIsAskedByDeveloperTeamSessionAndTool(Stipend stipend) throws IOException {
    sendLogs(stipend, CLAUDE, "protobuf");
    sendLogs(stipend, CODEX, "json");
    assertThat(stipend.api("GET", "/api/spend?groupBy=user", "").body())
        .contains("{\"key\":{\"user\":\"ada\"},\"totals\":{\"cost\":\"0.006825\"");
    assertThat(stipend.api("GET", "/api/spend?groupBy=team", "").body())
        .contains("{\"key\":{\"team\":\"payments\"},\"totals\":{\"cost\":\"0.006825\"");
    assertThat(stipend.api("GET", "/api/spend?groupBy=tag:session", "").body())
        .contains("47202526-0bca-41c4-8985-2aff233cb330", "01a22c21-011c-7a81-a05e-98cfd8545401");
    assertThat(stipend.api("GET", "/api/spend?groupBy=agent", "").body())
        .contains("{\"key\":{\"agent\":\"claude-code\"}", "{\"key\":{\"agent\":\"codex\"}");
  }

  @Test
  void logsAndTracesOfTheSameCallsCountOnce(Stipend stipend) throws IOException {
    for (String body : Payloads.of("claude-code-2.1.332-traces")) {
      assertThat(stipend.api("POST", "/v1/traces", body).body()).isEqualTo("{}");
    }
    sendLogs(stipend, CLAUDE, "json");
    assertThat(ledger(stipend)).isEqualTo("1 0.006825");
  }

  @Test
  void theQueueTakesLogsToo(Stipend stipend) {
    String[] bodies = Payloads.of(CLAUDE).toArray(String[]::new);
    assertThat(stipend.record(bodies)).isEmpty();
    assertThat(stipend.record(bodies)).isEmpty();
    assertThat(ledger(stipend)).isEqualTo("1 0.006825");
  }

  @Test
  void whatTheAgentReckonsCountsOnlyWhereThereIsNoPrice(Stipend stipend) {
    String known = Payloads.of(CLAUDE).get(2).replace("0.0068249999999999995", "0.25");
    stipend.api("POST", "/v1/logs", known);
    assertThat(ledger(stipend)).isEqualTo("1 0.006825");
    String unknown =
        known.replace("claude-sonnet-4-5", "house-model").replace("1781524685", "1781524686");
    stipend.api("POST", "/v1/logs", unknown);
    assertThat(ledger(stipend)).isEqualTo("2 0.256825");
    assertThat(stipend.api("GET", "/api/spend?groupBy=tag:reported_cost", "").body())
        .contains("{\"tag:reported_cost\":\"0.25\"}");
    assertThat(stipend.api("GET", "/api/spend", "").body())
        .contains("\"totals\":{\"cost\":\"0.256825\",\"requests\":2,\"unpriced\":0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tracesComeInProtobufAndAreAnsweredInIt(boolean compressed, Stipend stipend)
      throws IOException {
    byte[] traces = OtlpMessages.traces(Forms.text("otlp-traces"));
    Answer answer = send(stipend, "/v1/traces", traces, compressed);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(bytes(answer)).isEmpty();
    assertThat(stipend.api("POST", "/v1/traces", Forms.text("otlp-traces")).body()).isEqualTo("{}");
    assertThat(ledger(stipend)).startsWith("2 ");
  }

  @Test
  void logsNeedAKeyThatMayRecordAndMetricsAreNotThere(Stipend stipend) throws IOException {
    assertThat(stipend.api("POST", "/v1/logs", "{}", Map.of()).status()).isEqualTo(401);
    assertThat(
            stipend.api("POST", "/v1/logs", "{}", Tenant.key(stipend, "read", "default")).status())
        .isEqualTo(403);
    Map<String, String> ingest = Tenant.key(stipend, "ingest", "default");
    assertThat(stipend.api("POST", "/v1/logs", "{}", ingest).status()).isEqualTo(200);
    assertThat(stipend.api("POST", "/v1/metrics", "{}", ingest).status()).isEqualTo(404);
    assertThat(stipend.api("POST", "/v1/metrics", "{}").status()).isEqualTo(404);
    assertThat(send(stipend, "/v1/metrics", new byte[] {10, 0}, true).status()).isEqualTo(404);
  }

  @Test
  void eachWorkspaceHasItsOwn(Stipend stipend) throws IOException {
    sendLogs(stipend, CLAUDE, "json");
    Map<String, String> other = Tenant.key(stipend, "ingest", "another");
    for (String body : Payloads.of(CLAUDE)) {
      assertThat(stipend.api("POST", "/v1/logs", body, other).body()).isEqualTo("{}");
    }
    assertThat(
            stipend.database.rows(
                """
                SELECT slug, count(*)
                FROM stipend.usage_logs JOIN stipend.workspaces ON workspaces.id = workspace_id
                GROUP BY slug ORDER BY slug
                """))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.toString()).contains("1"));
  }

  @Test
  void aSpanAndTheRecordOfTheSameCallCountOnce(Stipend stipend) {
    String attributes =
        """
        [{"key":"event.name","value":{"stringValue":"gen_ai.client.inference.operation.details"}},
         {"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}},
         {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
         {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}}]\
        """;
    String span =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"t\",\"spanId\":\"s\","
            + "\"endTimeUnixNano\":\"1781524770000000000\",\"attributes\":"
            + attributes
            + "}]}]}]}";
    String log =
        span.replace("resourceSpans", "resourceLogs")
            .replace("scopeSpans", "scopeLogs")
            .replace("\"spans\"", "\"logRecords\"")
            .replace("endTime", "time");
    assertThat(ExactJson.parse(log)).isNotNull();
    stipend.api("POST", "/v1/traces", span);
    stipend.api("POST", "/v1/logs", log);
    assertThat(ledger(stipend)).isEqualTo("1 0.0025");
  }
}
