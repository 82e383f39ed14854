package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.Forms;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Usage in every form on one queue, driven through RecordUsageFunction.
@ExtendWith(StipendExtension.class)
class FormsTest {
  private static final List<String> ALL =
      List.of(
          "native",
          "cloudevent",
          "cloudevent-base64",
          "litellm-success",
          "litellm-failure",
          "litellm-cache-hit",
          "litellm-stream",
          "litellm-anthropic-cache",
          "litellm-embedding",
          "litellm-nulls",
          "otlp-traces");

  private static final String LEDGER =
      "SELECT event_id, user_id, agent_id, provider, model, cost FROM stipend.usage_logs ORDER BY"
          + " 1";

  @Test
  void oneBatchOfAllFormsIsRecordedAndComesAgainAsDuplicates(Stipend stipend) {
    String[] bodies = ALL.stream().map(Forms::text).toArray(String[]::new);
    assertThat(stipend.record(bodies)).isEmpty();
    List<String> ledger = stipend.database.rows(LEDGER);
    assertThat(ledger)
        .containsExactlyInAnyOrder(
            "run-1|u1|research|openai|gpt-4o|0.800000000000",
            // 600 × 2.50 + 400 × 1.25 + 50 × 10.00, per million.
            "https://gateway.example.com/agents A234-1234-1234|u1|research|openai|gpt-4o"
                + "|0.002500000000",
            "https://gateway.example.com/agents A234-1234-1235|u1|research|||0.250000000000",
            "chatcmpl-9x7Q2aLm"
                + " 1781524768.25|customer-9|research-agent|openai|gpt-4o|0.000142500000",
            "0d9c7f64-1111-4222-8333-944455556666 1781524768.25|dev-1|research-agent|openai"
                + "|gpt-4o|0.000000000000",
            "chatcmpl-9x7Q2aLm_cache_hit1781524771.0421"
                + " 1781524768.25|customer-9|research-agent|openai|gpt-4o|0.000000000000",
            "chatcmpl-stream-1 1781524768.25|dev-1|writer|openai|gpt-4o|0.000023000000",
            "chatcmpl-anthropic-1"
                + " 1781524768.25|customer-9|research-agent|anthropic|claude-sonnet-4-20250514"
                + "|0.010510500000",
            "7b7b0b0e-2222-4333-8444-555566667777 1781524768.25|dev-1|research-agent|openai"
                + "|text-embedding-3-small|0.000000160000",
            // 1000 × 2.50 + 100 × 10.00, per million: LiteLLM had no price, the price book has.
            "chatcmpl-nulls 1781524769.0|||openai|gpt-4o|0.003500000000",
            // 200 × 2.50 + 1000 × 1.25 + 180 × 10.00, per million.
            "5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174|pupil-3|asst_5j66|openai|gpt-4o"
                + "|0.003550000000",
            "5b8efff798038103d269b633813fc60c-eee19b7ec3c1b176||tutor|azure|tutor-deployment|null");
    for (String form : ALL) {
      assertThat(stipend.record(Forms.text(form))).as(form).isEmpty();
    }
    assertThat(stipend.database.rows(LEDGER)).isEqualTo(ledger);
    assertThat(stipend.database.value("SELECT sum(requests) FROM stipend.cost_tracking"))
        .isEqualTo("12");
  }

  @Test
  void aListMayMixForms(Stipend stipend) {
    String list = "[" + String.join(",", ALL.stream().map(Forms::text).toList()) + "]";
    assertThat(stipend.record(list)).isEmpty();
    assertThat(stipend.database.rows(LEDGER)).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "native,\"0.80\",\"0.90\"",
    "cloudevent,\"outputTokens\": 50,\"outputTokens\": 51",
    "litellm-success,0.00014249999999999997,0.0002",
    "otlp-traces,\"180\",\"181\""
  })
  void theSameIdWithOtherContentIsAConflictInEveryForm(
      String form, String before, String after, Stipend stipend) {
    assertThat(stipend.record(Forms.text(form))).isEmpty();
    List<String> ledger = stipend.database.rows(LEDGER);
    assertThat(stipend.record(Forms.text(form).replace(before, after))).containsExactly(0);
    assertThat(stipend.database.rows(LEDGER)).isEqualTo(ledger);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cloudevent | \"outputTokens\": 50 | \"outputTokens\": \"NaN\" | data.outputTokens must be"
            + " a whole number",
        "cloudevent | \"time\": \"2026-06-15T11:59:31Z\" | \"time\": \"noon\" | time must be an ISO"
            + " 8601 time",
        "cloudevent | \"time\" | \"x\" | time is required",
        "cloudevent | \"userId\" | \"user\" | data.user is not a known field",
        "litellm-success | \"prompt_tokens\": 29 | \"prompt_tokens\": \"29\" | prompt_tokens must"
            + " be a whole number",
        "litellm-success | 0.00014249999999999997 | \"NaN\" | response_cost is not a decimal"
            + " number",
        "litellm-success | 0.00014249999999999997 | -1 | response_cost must not be negative",
        "litellm-success | 0.00014249999999999997 | 1e30 | response_cost has more than 12 integer",
        "litellm-success | \"end_user\": \"customer-9\" | \"end_user\": [1] | end_user must be a"
            + " string",
        "litellm-success | \"endTime\": 1781524770.123456 | \"endTime\": \"noon\" | endTime must be"
            + " an ISO 8601 time",
        "litellm-success | \"endTime\": 1781524770.123456 | \"endTime\": {} | endTime must be an"
            + " ISO 8601 time",
        "litellm-success | \"endTime\": 1781524770.123456 | \"endTime\": 1700000000 | endTime is"
            + " older than 35 days",
        "litellm-nulls | \"id\": \"chatcmpl-nulls\" | \"id\": 7 | id must be a string",
        "litellm-nulls | \"id\": \"chatcmpl-nulls\" | \"id\": null | id is required",
        "otlp-traces | \"intValue\": \"180\" | \"intValue\": \"lots\" | gen_ai.usage.output_tokens"
            + " must be a whole number",
        "otlp-traces | \"stringValue\": \"gpt-4o\" | \"boolValue\": true | gen_ai.request.model"
            + " must be a string"
      })
  void whatIsWrongIsNamedAsItsSenderKnowsItAndTheRestIsRecorded(
      String form, String good, String wrong, String reason, Stipend stipend) {
    String message = Forms.text(form).replaceFirst(Pattern.quote(good), wrong);
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(Forms.text("native"), message)).containsExactly(1);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest")).contains(reason);
    }
    assertThat(stipend.database.rows(LEDGER))
        .contains("run-1|u1|research|openai|gpt-4o|0.800000000000");
  }

  @Test
  void rubbishOfEveryKindFailsAloneWithAReason(Stipend stipend) {
    List<String> rubbish =
        List.of(
            "\"" + "x".repeat(5_000_000) + "\"",
            "[".repeat(3_000_000),
            "{\"specversion\":".repeat(150) + "1" + "}".repeat(150),
            "{\"resourceSpans\":" + "[".repeat(190) + "]".repeat(190) + "}",
            "{\"response_cost\":NaN}",
            "{\"response_cost\":-Infinity}",
            "{}",
            "null",
            "\u0000\ufffd");
    Stream<String> good = ALL.stream().map(Forms::text);
    String[] bodies = Stream.concat(rubbish.stream(), good).toArray(String[]::new);
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(bodies)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest").lines())
          .hasSizeBetween(9, 12);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest")).hasSizeLessThan(20_000);
    }
    assertThat(stipend.database.rows(LEDGER)).hasSize(12);
  }

  @Test
  void aConversationThatNobodyReadsMayHoldAnything(Stipend stipend) {
    String payload =
        Forms.text("litellm-success")
            .replace("Say hello.", "half \\ud83d " + "a long story, ".repeat(100_000))
            .replace("\"temperature\": 0.2", "\"tools\": " + "[".repeat(90) + "]".repeat(90));
    assertThat(stipend.record(payload)).isEmpty();
    assertThat(stipend.database.rows(LEDGER)).hasSize(1);
  }

  @Test
  void labelsAreThereForBudgets(Stipend stipend) {
    stipend.record(Forms.text("litellm-success"), Forms.text("litellm-failure"));
    assertThat(
            stipend.database.rows(
                """
                SELECT team_id, tags ->> 'env', tags ->> 'session', tags ->> 'status'
                FROM stipend.usage_logs
                ORDER BY event_id
                """))
        .containsExactly("team-7|test|session-42|failure", "team-7|test|session-42|null");
  }

  @Test
  void aCostInDollarsIsNoneInAnotherCurrency(Stipend stipend) {
    stipend.database.execute("UPDATE stipend.workspaces SET currency = 'EUR'");
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(Forms.text("litellm-success"))).containsExactly(0);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest"))
          .contains("the currency of response_cost (USD) must be EUR");
    } finally {
      stipend.database.execute("UPDATE stipend.workspaces SET currency = 'USD'");
    }
    assertThat(stipend.record(Usage.costing("e1", SettableClock.START, "1"))).isEmpty();
  }
}
