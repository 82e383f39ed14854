package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that must not get into the ledger, through the queue's handler and over HTTP: it is
/// refused with a reason that names event and field, and what came with it is recorded.
@ExtendWith(StipendExtension.class)
class RubbishTest {
  private static final Instant START = SettableClock.START;
  private static final String LEDGER = "SELECT event_id FROM stipend.usage_logs ORDER BY 1";
  private static final String[] GOOD = {
    Usage.costing("good-1", START, "1"), Usage.costing("good-2", START, "2")
  };

  /// `LONG` stands for 201 characters.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"cost\":\"NaN\" | cost is not a decimal number",
        "\"cost\":\"Infinity\" | cost is not a decimal number",
        "\"cost\":\"-Infinity\" | cost is not a decimal number",
        "\"cost\":1e400 | cost has more than 12 integer digits",
        "\"cost\":\"1e400\" | cost has more than 12 integer digits",
        "\"cost\":\"12,5\" | cost is not a decimal number",
        "\"cost\":\"1 000\" | cost is not a decimal number",
        "\"cost\":\"\u0661\u0662\" | cost is not a decimal number",
        "\"cost\":\"0x1p3\" | cost is not a decimal number",
        "\"cost\":-0.000000000001 | cost must not be negative",
        "\"cost\":true | cost must be a decimal number",
        "\"kind\":\"adjustment\" | cost is required",
        "\"kind\":\"refund\",\"cost\":1 | kind must be one of",
        "\"currency\":\"EUR\",\"cost\":1 | currency must be USD",
        "\"currency\":\"usd\",\"cost\":1 | currency must be USD",
        "\"inputTokens\":-1 | inputTokens must be a whole number from 0",
        "\"outputTokens\":1.5 | outputTokens must be a whole number from 0",
        "\"outputTokens\":1e400 | outputTokens must be a whole number from 0",
        "\"inputTokens\":100000000001 | inputTokens must be a whole number from 0 to 100000000000",
        "\"inputTokens\":5,\"cachedInputTokens\":6 | cachedInputTokens must not exceed inputTokens",
        "\"inputTokens\":5,\"cachedInputTokens\":3,\"cacheWriteTokens\":3 | cacheWriteTokens must"
            + " not exceed inputTokens",
        "\"inputTokens\":5,\"audioInputTokens\":6 | audioInputTokens must not exceed inputTokens",
        "\"outputTokens\":5,\"reasoningTokens\":6 | reasoningTokens must not exceed outputTokens",
        "\"audioOutputTokens\":1 | audioOutputTokens must not exceed outputTokens",
        "\"tags\":{\"a=b\":\"c\"} | tags must not have names with =",
        "\"tags\":{\"LONG\":\"c\"} | tags must have names of 1 to 200 characters",
        "\"tags\":{\"a\":\"b\\u0000\"} | tags.a must not contain control characters",
        "\"tags\":{\"a\\u001b\":\"b\"} | tags must have names of 1 to 200 characters without"
            + " control",
        "\"tags\":{\"\\u200b\":\"b\"} | tags must have names of 1 to 200 characters",
        "\"tags\":{\"a\":\"\\u2060\"} | tags.a must have at least one visible character",
        "\"userId\":\"\\u200b\" | userId must have at least one visible character",
        "\"tags\":[\"a\"] | tags must be an object",
        "\"userId\":\"LONG\" | userId must have 1 to 200 characters",
        "\"model\":\"\\u0000\" | model must not contain control characters",
        "\"agentId\":\"\\ud800\" | agentId must not contain half of a surrogate pair",
        "\"corrects\":7 | corrects must be a string",
        "\"Cost\":1 | Cost is not a known field"
      })
  void aWrongFieldIsNamedWithItsEvent(String field, String reason, Stipend stipend) {
    String event =
        "{\"eventId\":\"wrong\",\"occurredAt\":\"%s\",%s}"
            .formatted(START, field.replace("LONG", "x".repeat(201)));
    assertRefusedAlone(stipend, event, "wrong", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-06-15T12:00:00 | occurredAt must be an ISO 8601 time with an offset",
        "2026-06-15 | occurredAt must be an ISO 8601 time with an offset",
        "2026-06-31T12:00:00Z | occurredAt must be an ISO 8601 time with an offset",
        "2199-01-01T00:00:00Z | occurredAt is more than 5 minutes in the future",
        "+999999999-12-31T23:59:59Z | occurredAt must be within the years 1 to 9999",
        "1999-12-31T23:59:59Z | occurredAt is older than 35 days",
        "-999999999-01-01T00:00:00Z | occurredAt must be within the years 1 to 9999",
        "2026-05-11T11:59:59Z | occurredAt is older than 35 days"
      })
  void aTimeThatCannotBeIsNamedWithItsEvent(String time, String reason, Stipend stipend) {
    assertRefusedAlone(
        stipend,
        Usage.costing("wrong", START, "1").replace(START.toString(), time),
        "wrong",
        reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"LONG\" | xxx | eventId must have 1 to 200 characters",
        "\"nul\\u0000\" | nul\ufffd | eventId must not contain control characters",
        "\"new\\nline\" | new\ufffdline | eventId must not contain control characters",
        "\"esc\\u001b[31m\" | esc\ufffd[31m | eventId must not contain control characters",
        "\"\\u200b\" | \u200b | eventId must have at least one visible character",
        "\"half\\udc00\" | half\ufffd | eventId must not contain half of a surrogate pair",
        "\" \" | `` | eventId must have 1 to 200 characters",
        "\"stipend:price:good-1\" | stipend:price:good-1 | eventId must not begin with stipend:",
        "7 | `` | eventId must be a string",
        "null | `` | eventId is required"
      })
  void anIdThatCannotBeIsShownPrintably(String id, String shown, String reason, Stipend stipend) {
    String event =
        Usage.costing("wrong", START, "1")
            .replace("\"wrong\"", id.replace("LONG", "x".repeat(201)));
    assertRefusedAlone(stipend, event, shown, reason);
  }

  /// What is no JSON spoils the whole message, and only that: what came with it in the same body
  /// cannot be read, what came in other messages is recorded.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventId\":\"e\",\"eventId\":\"f\",\"occurredAt\":\"2026-06-15T12:00:00Z\"}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\",\"cost\":1,\"cost\":2}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\",\"cost\":NaN}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\",\"cost\":Infinity}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\",\"cost\":012}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\",\"cost\":1e99999999999}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\",\"userId\":\"\u0000\"}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\"} {}",
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T12:00:00Z\",\"tags\":DEEP}",
        "DEEP"
      })
  void whatIsNoJsonFailsAsAWholeAndAlone(String text, Stipend stipend) {
    String body = text.replace("DEEP", "[".repeat(10_000) + "]".repeat(10_000));
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(GOOD[0], body, GOOD[1])).containsExactly(1);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest"))
          .contains("message 1 is not recorded: The body");
    }
    assertThat(stipend.database.rows(LEDGER)).containsExactly("good-1", "good-2");
    Answer answer = stipend.api("POST", "/api/usage", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("detail")).startsWith("The body").hasSizeLessThan(500);
  }

  @Test
  void aFieldOfFiveMegabytesIsRefusedWithItsEventAlone(Stipend stipend) {
    String event = Usage.costing("wrong", START, "1").replace("u1", "x".repeat(5_000_000));
    assertRefusedAlone(stipend, event, "wrong", "userId must have 1 to 200 characters");
  }

  @Test
  void bytesThatAreNotUtf8AreAProblemWhereverTheyStand(Stipend stipend) {
    for (byte[] wrong :
        List.of(
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xe2, (byte) 0x82})) {
      String hole = new String(wrong, StandardCharsets.ISO_8859_1);
      byte[] body =
          GOOD[0].replace("\"u1\"", "\"" + hole + "\"").getBytes(StandardCharsets.ISO_8859_1);
      Answer answer = stipend.apiInBytes("/api/usage", body, Map.of());
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.text("detail")).isEqualTo("The body is not UTF-8.");
    }
    assertThat(stipend.database.rows(LEDGER)).isEmpty();
  }

  private static void assertRefusedAlone(
      Stipend stipend, String event, String shownId, String reason) {
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record("[%s,%s]".formatted(GOOD[0], event), event, GOOD[1]))
          .containsExactlyInAnyOrder(0, 1);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest").lines())
          .hasSize(2)
          .allMatch(line -> line.contains("event \"" + shownId) && line.contains("\": " + reason));
    }
    assertThat(stipend.database.rows(LEDGER)).containsExactly("good-1", "good-2");
    Answer answer =
        stipend.api(
            "POST",
            "/api/usage",
            "[%s,%s,%s]".formatted(GOOD[0], event, Usage.costing("good-3", START, "3")));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("recorded")).isEqualTo("1");
    assertThat(answer.text("duplicates")).isEqualTo("1");
    List<?> rejected = (List<?>) Objects.requireNonNull(answer.json().get("rejected"));
    assertThat(rejected).hasSize(1);
    Map<?, ?> one = (Map<?, ?>) rejected.getFirst();
    assertThat(String.valueOf(one.get("index"))).isEqualTo("1");
    assertThat(String.valueOf(one.get("eventId"))).startsWith(shownId).hasSizeLessThan(202);
    assertThat(String.valueOf(one.get("reason"))).startsWith(reason);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("good-1", "good-2", "good-3");
  }
}
