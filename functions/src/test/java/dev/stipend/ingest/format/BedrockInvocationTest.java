package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.BedrockLog;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BedrockInvocationTest {
  private static final String CALL =
      """
      {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-06-15T11:59:30Z",
       "requestId":"r","operation":"Converse","modelId":"m",%s}\
      """;

  @Test
  void aRecordBecomesAnEvent() {
    assertThat(Translated.event(BedrockLog.lines().getFirst()))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"bedrock:0a1b2c3d-0001-4000-8000-000000000001",
                 "occurredAt":"2026-06-15T11:59:30Z","provider":"bedrock",
                 "userId":"dev@example.com","teamId":"search","agentId":"indexer",
                 "workflowId":"nightly","model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                 "inputTokens":9000,"cachedInputTokens":8000,"cacheWriteTokens":900,
                 "outputTokens":50,
                 "tags":{"account":"111122223333","region":"us-east-1",
                   "role":"AWSReservedSSO_Developer_0123456789abcdef",
                   "principal":"dev@example.com","cost_center":"cc-7"}}
                """));
  }

  /// Input is told without its cached parts, whether they are less or more than it.
  @ParameterizedTest
  @CsvSource({"5000,1000,0,6000", "11,0,3000,3011", "100,8000,900,9000", "7,0,0,7"})
  void cachedTokensAreAddedToTheInput(int fresh, int read, int written, int input) {
    Map<?, ?> event =
        event(
            """
            "input":{"inputTokenCount":%d,"cacheReadInputTokenCount":%d,
              "cacheWriteInputTokenCount":%d},
            "output":{"outputTokenCount":50,"outputBodyJson":{"usage":{"totalTokens":%d}}}
            """
                .formatted(fresh, read, written, fresh + 50));
    assertThat(event.get("inputTokens")).isEqualTo(BigDecimal.valueOf(input));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"usage\":{\"cache_creation\":{\"ephemeral_5m_input_tokens\":300,"
            + "\"ephemeral_1h_input_tokens\":200}}}",
        "[{\"message\":{\"usage\":{\"cache_creation\":{\"ephemeral_5m_input_tokens\":300,"
            + "\"ephemeral_1h_input_tokens\":200}}}},{\"usage\":{\"output_tokens\":9}}]",
        "{\"usage\":{\"cacheDetails\":[{\"ttl\":\"5m\",\"inputTokens\":300},"
            + "{\"ttl\":\"1h\",\"inputTokens\":150},{\"ttl\":\"1h\",\"inputTokens\":50}]}}",
        "[{\"metadata\":{\"usage\":{\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":200}]}}}]"
      })
  void howLongWrittenTokensAreKeptIsReadFromTheAnswer(String answer) {
    Map<?, ?> event =
        event(
            """
            "input":{"inputTokenCount":1,"cacheWriteInputTokenCount":500},
            "output":{"outputTokenCount":9,"outputBodyJson":%s}
            """
                .formatted(answer));
    assertThat(event.get("cacheWriteTokens")).isEqualTo(BigDecimal.valueOf(500));
    assertThat(event.get("cacheWrite1hTokens")).isEqualTo(BigDecimal.valueOf(200));
    assertThat(event.get("inputTokens")).isEqualTo(BigDecimal.valueOf(501));
  }

  @Test
  void whatTheRecordLacksIsReadFromTheAnswerOfAStreamAsItEnded() {
    Map<?, ?> event =
        event(
            """
            "output":{"outputBodyJson":[
              {"type":"message_start","message":{"model":"claude-haiku-4-5",
                "usage":{"input_tokens":5,"cache_read_input_tokens":40,"output_tokens":1}}},
              {"type":"message_delta","usage":{"output_tokens":77}}, null, "x"]}
            """);
    assertThat(event.get("inputTokens")).isEqualTo(BigDecimal.valueOf(45));
    assertThat(event.get("cachedInputTokens")).isEqualTo(BigDecimal.valueOf(40));
    assertThat(event.get("outputTokens")).isEqualTo(BigDecimal.valueOf(77));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"output\":{\"outputBodyJson\":{\"serviceTier\":{\"type\":\"flex\"}}} | flex",
        "\"output\":{\"outputBodyJson\":{\"usage\":{\"service_tier\":\"priority\"}}} | priority",
        "\"performanceConfig\":{\"latency\":\"optimized\"} | optimized",
        "\"performanceConfig\":{\"latency\":\"standard\"} |"
      })
  void howItWasServedIsTold(String fields, String tier) {
    assertThat(event(fields).get("serviceTier")).isEqualTo(tier);
  }

  @Test
  void aFailedCallThatUsedNothingIsNoEvent() {
    assertThat(Translated.events(CALL.formatted("\"errorCode\":\"ThrottlingException\"")))
        .isEmpty();
    assertThat(
            Translated.events(
                CALL.formatted(
                    "\"errorCode\":\"ValidationException\",\"input\":{\"inputTokenCount\":0},"
                        + "\"output\":{\"outputTokenCount\":0}")))
        .isEmpty();
    assertThat(event("\"errorCode\":\"x\",\"input\":{\"inputTokenCount\":1}").get("tags"))
        .isEqualTo(Map.of("status", "failure"));
  }

  @Test
  void whatAwsSaysOfACallNobodyElseCanSay() {
    Map<?, ?> event =
        event(
            """
            "accountId":"111122223333","region":"us-east-1",
            "identity":{"arn":"arn:aws:sts::111122223333:assumed-role/app/ann"},
            "requestMetadata":{"user":"customer-9","role":"admin","principal":"root","env":"test"}
            """);
    assertThat(event.get("userId")).isEqualTo("customer-9");
    assertThat(event.get("tags"))
        .isEqualTo(
            Map.of(
                "account",
                "111122223333",
                "region",
                "us-east-1",
                "role",
                "app",
                "principal",
                "ann",
                "env",
                "test"));
  }

  private static Map<?, ?> event(String fields) {
    return Translated.event(CALL.formatted(fields));
  }
}
