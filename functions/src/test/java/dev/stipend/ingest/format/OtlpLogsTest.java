package dev.stipend.ingest.format;

import static dev.stipend.ingest.format.LogExports.CLAUDE_CALL;
import static dev.stipend.ingest.format.LogExports.CODEX_CALL;
import static dev.stipend.ingest.format.LogExports.log;
import static dev.stipend.ingest.format.LogExports.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Payloads;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Log records of coding agents and of GenAI instrumentation.
final class OtlpLogsTest {
  private static final String CLAUDE = "claude-code-2.1.332-logs";
  private static final String CODEX = "codex-0.171.0-logs";
  private static final String GEMINI = "gemini-cli-0.61.0-logs";

  private static List<Object> events(String payload) {
    return Translated.events(Payloads.of(payload).toArray(String[]::new));
  }

  private static Map<?, ?> tags(Map<?, ?> event) {
    return event.get("tags") instanceof Map<?, ?> tags ? tags : Map.of();
  }

  @Test
  void aCallOfClaudeCodeIsOneEventOfItsDeveloperTeamAndSession() {
    assertThat(events(CLAUDE))
        .containsExactly(
            ExactJson.parse(
                """
                {"occurredAt":"2026-06-15T11:58:05.393Z",
                 "eventId":"claude-code-47202526-0bca-41c4-8985-2aff233cb330-5-1781524685393000000",
                 "agentId":"claude-code","userId":"ada","teamId":"payments","model":"claude-sonnet-4-5",
                 "provider":"anthropic","inputTokens":9000,"cachedInputTokens":8000,"cacheWriteTokens":900,
                 "outputTokens":50,
                 "tags":{"session":"47202526-0bca-41c4-8985-2aff233cb330","reported_cost":"0.006825"}}
                """));
  }

  @Test
  void aCallOfCodexIsOneEventThoughItsEndIsToldTwice() {
    List<Object> events = events(CODEX);
    assertThat(events).hasSize(1);
    Map<?, ?> call = (Map<?, ?>) events.getFirst();
    assertThat(String.valueOf(call.get("eventId")))
        .matches("codex-01a22c21-011c-7a81-a05e-98cfd8545401-[0-9a-f]{32}-1781524690544959586");
    assertThat(call.get("occurredAt")).isEqualTo("2026-06-15T11:58:10.544959586Z");
    assertThat(call.get("provider")).isEqualTo("openai");
    assertThat(call.get("model")).isEqualTo("gpt-5.1-codex");
    assertThat(call.get("agentId")).isEqualTo("codex");
    assertThat(List.of("inputTokens", "cachedInputTokens", "outputTokens", "reasoningTokens"))
        .extracting(name -> String.valueOf(call.get(name)))
        .containsExactly("9000", "8000", "70", "20");
    assertThat(tags(call).toString()).isEqualTo("{session=01a22c21-011c-7a81-a05e-98cfd8545401}");
  }

  @Test
  void aCallOfGeminiCliIsOneEventThoughItIsToldInTwoForms() {
    List<Object> events = events(GEMINI);
    assertThat(events).hasSize(1);
    Map<?, ?> call = (Map<?, ?>) events.getFirst();
    assertThat(List.of("inputTokens", "cachedInputTokens", "outputTokens", "reasoningTokens"))
        .extracting(name -> String.valueOf(call.get(name)))
        .containsExactly("9000", "8000", "70", "20");
    assertThat(call.get("provider")).isEqualTo("gemini");
    assertThat(call.get("agentId")).isEqualTo("gemini-cli");
    assertThat(call.get("userId")).isEqualTo("a76dc909-6309-4264-84fd-e551037fe3b5");
    assertThat(tags(call).get("session")).isEqualTo("555ce6a1-d870-44d4-bf2a-4af4db0b478f");
  }

  @Test
  void recordsOfOpencodeTellNoUsage() {
    assertThat(events("opencode-1.18.33-logs")).isEmpty();
  }

  @Test
  void theSpansOfAnAgentThatTellsTheSameInRecordsAreIgnored() {
    assertThat(events("claude-code-2.1.332-traces")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'key':'event.name','value':{'stringValue':'api_error'}},"
            + "{'key':'input_tokens','value':{'intValue':5}}",
        "{'key':'event.name','value':{'stringValue':'api_request'}}",
        "{'key':'event.name','value':{'stringValue':'api_request'}},"
            + "{'key':'input_tokens','value':{'intValue':'0'}}",
        "{'key':'gen_ai.usage.input_tokens','value':{'intValue':5}}"
      })
  void whatIsNoCallOrUsedNothingIsIgnored(String attributes) {
    assertThat(Translated.events(log("com.anthropic.claude_code.events", "", attributes)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'eventName':'claude_code.api_request',",
        "'body':{'stringValue':'claude_code.api_request'},"
      })
  void theNameOfAnEventMayStandElsewhere(String fields) {
    String attributes = CLAUDE_CALL.substring(CLAUDE_CALL.indexOf("},{") + 3);
    assertThat(Translated.events(log("", "", fields, "{" + attributes))).hasSize(1);
  }

  @Test
  void aResumedSessionBeginsItsSequenceAnew() {
    String first = log("com.anthropic.claude_code.events", "", CLAUDE_CALL);
    String second = first.replace("1781524770", "1781524780");
    assertThat(Translated.events(first, second))
        .extracting(event -> String.valueOf(((Map<?, ?>) event).get("eventId")))
        .containsExactly(
            "claude-code-s1-10-1781524770000000000", "claude-code-s1-10-1781524780000000000");
  }

  @Test
  void withoutASequenceWhatARecordTellsIsItsIdentity() {
    String call = log("codex_otel.log_only", "", CODEX_CALL);
    String sameAgain = call.replace("\"stringValue\":\"5\"", "\"intValue\":5");
    String another = call.replace("\"5\"", "\"6\"");
    List<String> ids =
        Translated.events(call, sameAgain, another).stream()
            .map(event -> String.valueOf(((Map<?, ?>) event).get("eventId")))
            .toList();
    assertThat(ids.get(1)).isEqualTo(ids.get(0));
    assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'timeUnixNano':'0','observedTimeUnixNano':'1781524771000000000' | | 2026-06-15T11:59:31Z",
        "'timeUnixNano':0 | 2026-06-15T11:59:32.5Z | 2026-06-15T11:59:32.500Z",
        "'timeUnixNano':'0' | 2026-06-15T13:59:33+02:00 | 2026-06-15T11:59:33Z"
      })
  void theTimeIsTheFirstThatIsTold(String fields, String stamp, String at) {
    String log =
        log(
                "codex_otel.log_only",
                "",
                CODEX_CALL + (stamp == null ? "" : text("event.timestamp", stamp)))
            .replace("\"timeUnixNano\":\"1781524770000000000\"", fields.replace('\'', '"'));
    assertThat(Translated.event(log).get("occurredAt")).isEqualTo(at);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'timeUnixNano':'0' | resourceLogs[0].scopeLogs[0].logRecords[0].timeUnixNano is required",
        "'timeUnixNano':true | timeUnixNano must be nanoseconds since 1970",
        "'timeUnixNano':1e300000000 | timeUnixNano must be a time from 1970 to 9999",
        "'timeUnixNano':'0','attributes':7 | attributes must be a list"
      })
  void aRecordThatCannotBePlacedIsRefusedAlone(String fields, String reason) {
    String log = log("codex_otel.log_only", "", CODEX_CALL);
    int end = fields.contains("attributes") ? log.indexOf("]}]}]}]}") : -1;
    String wrong =
        end < 0
            ? log.replace("\"timeUnixNano\":\"1781524770000000000\"", fields.replace('\'', '"'))
            : log.substring(0, log.indexOf("\"timeUnixNano\""))
                + fields.replace('\'', '"')
                + log.substring(end + 1);
    assertThat(Translated.refusal(wrong)).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300000000", "-5", "'lots'", "1.5"})
  void aCountThatIsNoneIsLeftToTheReaderOfEvents(String count) {
    String log =
        log("com.anthropic.claude_code.events", "", CLAUDE_CALL)
            .replace("{\"intValue\":\"5\"}", "{\"doubleValue\":" + count.replace('\'', '"') + "}");
    Intake intake = Translated.intake(log);
    assertThat(intake.refusals()).isEmpty();
    assertThat(String.valueOf(intake.events().getFirst().json())).contains("inputTokens");
  }

  @Test
  void anyOtherRecordWithUsageIsReadAsItsSpanWouldBe() {
    String usage =
        "{'key':'event.name','value':{'stringValue':'gen_ai.client.inference.operation.details'}},"
            + "{'key':'gen_ai.provider.name','value':{'stringValue':'openai'}},"
            + "{'key':'gen_ai.request.model','value':{'stringValue':'gpt-4o'}},"
            + "{'key':'gen_ai.operation.name','value':{'stringValue':'chat'}},"
            + "{'key':'gen_ai.usage.input_tokens','value':{'intValue':'5'}}";
    String service = text("service.name", "tutor").substring(1);
    Map<?, ?> alone = Translated.event(log("any.library", service, usage));
    assertThat(String.valueOf(alone.get("eventId"))).matches("log-[0-9a-f]{32}");
    assertThat(alone.get("agentId")).isEqualTo("tutor");
    assertThat(alone.get("model")).isEqualTo("gpt-4o");
    assertThat(String.valueOf(alone.get("inputTokens"))).isEqualTo("5");
    String inSpan = log("any.library", service, "'traceId':'t1','spanId':'s1',", usage);
    assertThat(Translated.event(inSpan).get("eventId")).isEqualTo("t1-s1");
    assertThat(Translated.events(inSpan.replace("\"chat\"", "\"invoke_agent\""))).isEmpty();
    Intake wrong = Translated.intake(inSpan.replace("\"1781524770000000000\"", "true"));
    assertThat(wrong.refusals()).hasSize(1);
    assertThat(wrong.refusals().getFirst().reason())
        .isEqualTo(
            "resourceLogs[0].scopeLogs[0].logRecords[0].timeUnixNano must be nanoseconds since"
                + " 1970");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"resourceLogs\":7} | resourceLogs must be a list",
        "{\"resourceLogs\":[7]} | resourceLogs[0] must be an object",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[null]}]}]} | logRecords[0] must be an"
            + " object",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":7}}]} | resource.attributes must be a"
            + " list"
      })
  void whatIsNoExportIsRefused(String export, String reason) {
    assertThat(Translated.refusal(export)).contains(reason);
  }
}
