package dev.stipend.scenario.ingest;

import static dev.stipend.support.BedrockLog.awslogs;
import static dev.stipend.support.BedrockLog.delivery;
import static dev.stipend.support.BedrockLog.id;
import static dev.stipend.support.BedrockLog.lines;
import static dev.stipend.support.BedrockLog.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls of Bedrock as its model invocation log tells them, driven through RecordUsageFunction.
@ExtendWith(StipendExtension.class)
class BedrockCallsTest {
  private static final String LEDGER =
      "SELECT event_id, user_id, team_id, agent_id, workflow_id, model, input_tokens,"
          + " cached_input_tokens, output_tokens, cost FROM stipend.usage_logs ORDER BY 1";
  private static final String IDS = "SELECT event_id FROM stipend.usage_logs ORDER BY 1";

  @Test
  void everyCallThatUsedSomethingIsRecordedWithWhoAndWhatAndPriced(Stipend stipend) {
    assertThat(stipend.record(subscription(lines()))).isEmpty();

    assertThat(stipend.database.rows(LEDGER))
        .containsExactly(
            // 100 × 3.30 + 8,000 × 0.33 + 900 × 4.125 + 50 × 16.50, per million.
            row(
                1,
                "dev@example.com|search|indexer|nightly|us.anthropic.claude-sonnet-4-5-20250929-v1:0"
                    + "|9000|8000|50|0.007507500000"),
            // 3 × 1 + 5,424 written for an hour × 2 + 30 × 5, per million.
            row(
                2,
                "customer-9||||global.anthropic.claude-haiku-4-5-20251001-v1:0|5427|0|30"
                    + "|0.011001000000"),
            // 10 × 3.30 + 1,000 × 0.33 + 20 × 16.50, per million: all from the answer.
            row(3, "ci-runner||||anthropic.claude-sonnet-4-5-20250929|1010|1000|20|0.000693000000"),
            // 4,000 × 0.06 + 38 × 0.24, per million.
            row(4, "search-indexer||||amazon.nova-lite-v1:0|4000|0|38|0.000249120000"),
            // 1,000 × 3.30 + 10 × 16.50, per million: it broke off.
            row(
                6,
                "search-indexer||||us.anthropic.claude-sonnet-4-5-20250929-v1:0|1000|0|10"
                    + "|0.003465000000"),
            row(7, "search-indexer||||stability.sd3-5-large-v1:0|0|0|0|null"),
            row(8, "search-indexer||||amazon.titan-embed-text-v2:0|12|0|0|null"),
            row(
                9,
                "search-indexer||||arn:aws:bedrock:us-east-1:111122223333:provisioned-model/"
                    + "abcd1234efgh|70|0|7|null"));
    assertThat(stipend.database.rows("SELECT DISTINCT provider FROM stipend.usage_logs"))
        .containsExactly("bedrock");
  }

  @Test
  void whatElseIsKnownOfACallIsThereForBudgetsAndNobodyElseCanSayIt(Stipend stipend) {
    stipend.record(subscription(lines()));

    String tags =
        "SELECT tags ->> 'account', tags ->> 'region', tags ->> 'role', tags ->> 'principal',"
            + " tags ->> 'cost_center', tags ->> 'inference_profile', tags ->> 'status'"
            + " FROM stipend.usage_logs ORDER BY event_id";
    String sso =
        "111122223333|us-east-1|AWSReservedSSO_Developer_0123456789abcdef|dev@example.com|";
    String app = "111122223333|us-east-1|search-indexer|search-indexer|null|null|";
    assertThat(stipend.database.rows(tags))
        .startsWith(
            sso + "cc-7|null|null",
            sso + "null|null|null",
            "111122223333|us-east-1|null|ci-runner|null|a1b2c3d4e5f6|null",
            app + "null",
            app + "failure");
  }

  @Test
  void aDeliveryOfCloudWatchLogsIsReadAlsoWhenItIsNotCompressed(Stipend stipend) {
    List<String> lines = lines();
    String control =
        delivery(List.of("CWL CONTROL MESSAGE: Checking health of destination."))
            .replace("DATA_MESSAGE", "CONTROL_MESSAGE");
    assertThat(
            stipend.record(
                subscription(lines.subList(0, 2)),
                delivery(lines.subList(2, 5)),
                lines.get(5),
                control,
                awslogs(control)))
        .isEmpty();
    assertThat(stipend.database.rows(IDS)).containsExactly(id(1), id(2), id(3), id(4), id(6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"awslogs\":{\"data\":\"no base64!\"}} | awslogs.data must be base64",
        "{\"awslogs\":{\"data\":\"bm8gZ3ppcA==\"}} | awslogs.data must be JSON in UTF-8,"
            + " compressed",
        "{\"awslogs\":{}} | awslogs.data must be a string",
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":7} | logEvents must be a list",
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":\"plain text\"}]} |"
            + " logEvents[0].message: The body is not JSON",
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":\"{}\"}]} |"
            + " logEvents[0].message matches none of the known forms",
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\"}]} |"
            + " Records[0].s3.object.key and the name of its bucket are required",
        "{\"Records\":[{\"eventSource\":\"aws:sns\"}]} | matches none of the known forms",
        "{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"2026-06-15T11:59:30Z\"} |"
            + " requestId is required"
      })
  void whatCanNeverBeUnderstoodFailsAloneWithAReason(
      String message, String reason, Stipend stipend) {
    String usage = Usage.costing("e1", SettableClock.START, "1");
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(usage, message)).containsExactly(1);
      assertThat(log.text("dev.stipend.usecase")).contains(reason);
    }
  }

  @Test
  void aDeliveryThatInflatesBeyondMeasureIsRefused(Stipend stipend) {
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(awslogs(" ".repeat(17 * 1024 * 1024)))).containsExactly(0);
      assertThat(log.text("dev.stipend.usecase")).contains("more than 16 MB when inflated");
    }
  }

  private static String row(int number, String rest) {
    return id(number) + "|" + rest;
  }
}
