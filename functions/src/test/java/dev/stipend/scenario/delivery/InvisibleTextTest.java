package dev.stipend.scenario.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ids and names of which nothing can be seen, or in which something cannot, in every form. What is
/// accepted is recorded, and what is not is told.
@ExtendWith(StipendExtension.class)
final class InvisibleTextTest {
  private static final Instant START = SettableClock.START;
  private static final String LEDGER = "SELECT event_id FROM stipend.usage_logs";
  private static final String WHO =
      "SELECT count(*), max(user_id), max(model) FROM stipend.usage_logs";

  private static final String SPAN =
      """
      {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":%s,"spanId":%s,"endTimeUnixNano":"1781524770000000000",
       "attributes":[{"key":"gen_ai.usage.input_tokens","value":%s},{"key":"user.id","value":{"stringValue":%s}}]}]}]}]}\
      """;
  private static final String LITELLM =
      """
      {"call_type":"completion","id":%s,"litellm_call_id":%s,"endTime":1781524770,"response_cost":1,
       "model":"m","end_user":%s,"request_tags":["a:b"]}\
      """;
  private static final String CLOUD_EVENT =
      """
      {"specversion":"1.0","id":%s,"source":%s,"type":"t","data":%s}\
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\u0000",
        "\\u200b",
        "\\u2060\\ufeff",
        "\\u00a0",
        "\\u3164",
        "\\u200d\\ufe0f",
        " ",
        ""
      })
  void idOfWhichNothingCanBeSeenIsRefusedInEveryForm(String id, Stipend stipend) {
    String text = "\"" + id + "\"";
    assertRefused(stipend, "/api/usage", Usage.costing("x", START, "1").replace("\"x\"", text));
    assertRefused(stipend, "/api/usage", LITELLM.formatted(text, text, "\"u\""));
    String data = Usage.costing("x", START, "1");
    assertRefused(stipend, "/api/usage", CLOUD_EVENT.formatted(text, "\"s\"", data));
    assertRefused(stipend, "/api/usage", CLOUD_EVENT.formatted("\"i\"", text, data));
    String count = "{\"intValue\":5}";
    for (String span :
        new String[] {
          SPAN.formatted("\"t\"", text, count, "\"u\""),
          SPAN.formatted(text, "\"s\"", count, "\"u\"")
        }) {
      Answer answer = stipend.api("POST", "/v1/traces", span);
      assertThat(answer.body())
          .contains("\"rejectedSpans\":\"1\"", "must have a traceId and a spanId");
      assertRefused(stipend, "/api/usage", span);
    }
    assertThat(stipend.database.rows(LEDGER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u200b", "\\u00a0", "\\u115f"})
  void nameOfWhichNothingCanBeSeenIsRefusedNativelyAndNoneInOtherForms(
      String name, Stipend stipend) {
    String text = "\"" + name + "\"";
    assertRefused(stipend, "/api/usage", Usage.costing("x", START, "1").replace("\"u1\"", text));
    assertThat(stipend.record(LITELLM.formatted("\"i\"", "null", text))).isEmpty();
    assertThat(stipend.record(SPAN.formatted("\"t\"", "\"s\"", "{\"intValue\":5}", text)))
        .isEmpty();
    assertThat(stipend.database.value(WHO)).isEqualTo("2||m");
  }

  @Test
  void idsThatDifferOnlyInWhatCannotBeSeenAreTwo(Stipend stipend) {
    String[] events = {
      Usage.costing("e1", START, "1"),
      Usage.costing("e1\u200b", START, "1"),
      LITELLM.formatted("\"e2\"", "null", "\"u\""),
      LITELLM.formatted("\"e2\\u2060\"", "null", "\"u\""),
      LITELLM.formatted("\"e2\\u0000\"", "null", "\"u\""),
      SPAN.formatted("\"t\"", "\"s\"", "{\"intValue\":5}", "\"u\""),
      SPAN.formatted("\"t\"", "\"s\\ufeff\"", "{\"intValue\":5}", "\"u\""),
      SPAN.formatted("\"t\"", "\"s\\u0007\"", "{\"intValue\":5}", "\"u\"")
    };
    assertThat(stipend.record(events)).isEmpty();
    assertThat(stipend.record(events)).isEmpty();
    assertThat(stipend.database.rows(LEDGER)).hasSize(events.length).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"intValue\":\"12\"} | 12",
        "{\"intValue\":12} | 12",
        "{\"intValue\":1.2E1} | 12",
        "{\"doubleValue\":12.0} | 12",
        "12 | 12",
        "{\"intValue\":0} | 0",
        "{\"intValue\":\"-1\"} | refused",
        "{\"intValue\":\"1e3\"} | refused",
        "{\"intValue\":\"0x10\"} | refused",
        "{\"intValue\":\" 5\"} | refused",
        "{\"intValue\":\"5\\u0000\"} | refused",
        "{\"intValue\":\"\\u0665\"} | refused",
        "{\"intValue\":\"99999999999999999999999\"} | refused",
        "{\"doubleValue\":12.5} | refused",
        "{\"doubleValue\":\"NaN\"} | refused",
        "{\"doubleValue\":\"Infinity\"} | refused",
        "{\"stringValue\":\"12\"} | refused",
        "{\"boolValue\":true} | refused",
        "{\"arrayValue\":{\"values\":[]}} | refused",
        "\"12\" | refused",
        "[12] | refused",
        "{} | none",
        "null | none"
      })
  void countOfASpanIsRecordedOrRefusedOrNone(String value, String outcome, Stipend stipend) {
    Answer answer =
        stipend.api("POST", "/v1/traces", SPAN.formatted("\"t\"", "\"s\"", value, "\"u\""));

    assertThat(answer.status()).isEqualTo(200);
    switch (outcome) {
      case "refused" ->
          assertThat(answer.body())
              .contains("\"rejectedSpans\":\"1\"", "gen_ai.usage.input_tokens must be a whole");
      default -> assertThat(answer.body()).isEqualTo("{}");
    }
    assertThat(stipend.database.rows("SELECT input_tokens FROM stipend.usage_logs"))
        .isEqualTo(outcome.matches("[0-9]+") ? List.of(outcome) : List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b", "a\u001bb", "a\u0000b", "a\u007fb", "a\u0085b", "\u200b", " "})
  void idempotencyKeyHasNoControlCharactersAndCanBeSeen(String key, Stipend stipend) {
    Map<String, String> headers = Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", key);

    Answer budget = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1"), headers);
    Answer hold =
        stipend.api(
            "POST", "/api/reservations", "{\"userId\":\"u1\",\"estimatedCost\":\"1\"}", headers);

    assertThat(budget.status()).as(budget.body()).isEqualTo(400);
    assertThat(hold.status()).as(hold.body()).isEqualTo(400);
    assertThat(budget.body()).contains("\"field\":\"Idempotency-Key\"");
    assertThat(new Holder().ledger(stipend)).isZero();
  }

  private static void assertRefused(Stipend stipend, String path, String body) {
    Answer answer = stipend.api("POST", path, body);
    assertThat(answer.status()).as(body).isEqualTo(422);
    assertThat(answer.text("recorded")).isEqualTo("0");
    assertThat(answer.body())
        .as(body)
        .contains("\"rejected\":[{\"index\":0")
        .doesNotContain("\\u00");
  }
}
