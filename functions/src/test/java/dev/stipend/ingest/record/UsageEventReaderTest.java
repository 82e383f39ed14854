package dev.stipend.ingest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.EventKind;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageEventReaderTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
  private static final UsageEventReader READER = UsageEventReader.live("USD", NOW);

  @Test
  void everyFieldIsRead() {
    UsageEvent event =
        read(
            """
            {"eventId": "e-1", "occurredAt": "2026-03-15T11:59:00.123456789+02:00", "kind": "adjustment",
             "corrects": "e-0", "userId": "ada", "agentId": "bot", "workflowId": "nightly", "teamId": "research",
             "provider": "acme", "model": "large-1", "inputTokens": 1000, "cachedInputTokens": 400,
             "outputTokens": 50, "cost": "-0.80", "currency": "USD", "tags": {"project": "x"}}
            """);
    assertThat(event)
        .isEqualTo(
            new UsageEvent(
                "e-1",
                Instant.parse("2026-03-15T09:59:00.123456Z"),
                EventKind.ADJUSTMENT,
                Optional.of("e-0"),
                new Attribution("ada", "bot", "nightly", "research", "acme", "large-1"),
                TokenUsage.of(1000, 400, 50),
                Optional.of(Money.of("-0.80")),
                Map.of("project", "x")));
  }

  @Test
  void anEventNeedsNoMoreThanItsIdAndItsTime() {
    UsageEvent event = with("");
    assertThat(event.kind()).isEqualTo(EventKind.USAGE);
    assertThat(event.attribution()).isEqualTo(new Attribution("", "", "", "", "", ""));
    assertThat(event.tokens()).isEqualTo(TokenUsage.NONE);
    assertThat(event.cost()).as("unpriced is not free").isEmpty();
    assertThat(event.tags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.30000000000000004, 0.30, true",
    "'\"0.30000000000000004\"', 0.30, true",
    "0.0000000000005, 0, true",
    "0.0000000000015, 0.000000000002, true",
    "0.30, 0.30, false",
    "1e-400, 0, true"
  })
  void aCostWithMoreDecimalsThanAreKeptIsRoundedHalfEvenAndMarked(
      String sent, String kept, boolean rounded) {
    UsageEvent event = with("\"cost\":" + sent);
    assertThat(event.cost()).contains(Money.of(kept));
    assertThat(event.origin().rounded()).isEqualTo(rounded);
  }

  @ParameterizedTest
  @CsvSource({"eventId", "occurredAt"})
  void itsIdAndItsTimeAreRequired(String field) {
    String json =
        "{\"eventId\":\"e\",\"occurredAt\":\"2026-03-15T12:00:00Z\"}"
            .replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":null");
    assertRefused(json, field + " is required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"corrects", "userId", "agentId", "workflowId", "teamId", "provider", "model"})
  void everyIdIsABoundedTextWithoutControlCharacters(String field) {
    assertWithRefused("\"" + field + "\":5", field + " must be a string");
    assertWithRefused("\"" + field + "\":\"\"", field + " must have 1 to 200 characters");
    assertWithRefused(
        "\"" + field + "\":\"" + "x".repeat(201) + "\"", field + " must have 1 to 200 characters");
    assertWithRefused(
        "\"" + field + "\":\"a\\u0000\"", field + " must not contain control characters");
    assertWithRefused(
        "\"" + field + "\":\"a\\u001fb\"", field + " must not contain control characters");
    assertThat(with("\"" + field + "\":\"" + "x".repeat(200) + "\"")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inputTokens", "outputTokens"})
  void tokensAreWholeNumbersWithinBounds(String field) {
    String error = field + " must be a whole number from 0 to 100000000000";
    for (String wrong : new String[] {"-1", "1.5", "\"5\"", "100000000001", "1e400", "true"}) {
      assertWithRefused("\"" + field + "\":" + wrong, error);
    }
    assertThat(with("\"" + field + "\":1e11").tokens()).isNotEqualTo(TokenUsage.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cachedInputTokens\":-1|cachedInputTokens must be a whole number from 0 to 100000000000",
        "\"cachedInputTokens\":5|cachedInputTokens must not exceed inputTokens, which include them",
        "\"inputTokens\":4,\"cachedInputTokens\":5|cachedInputTokens must not exceed inputTokens,"
            + " which include them",
        "\"kind\":\"refund\"|kind must be one of usage, adjustment",
        "\"kind\":5|kind must be one of usage, adjustment",
        "\"cost\":true|cost must be a decimal number such as 0.80",
        "\"cost\":\"12,5\"|cost is not a decimal number such as 0.80",
        "\"cost\":\"NaN\"|cost is not a decimal number such as 0.80",
        "\"cost\":1e400|cost has more than 12 integer digits",
        "\"cost\":100e2147483647|cost has more than 12 integer digits",
        "\"cost\":-0.01|cost must not be negative; a refund is an event of kind adjustment",
        "\"kind\":\"adjustment\"|cost is required",
        "\"currency\":\"EUR\"|currency must be USD, the workspace's currency",
        "\"currency\":\"usd\"|currency must be USD, the workspace's currency",
        "\"currency\":5|currency must be a string",
        "\"tags\":[]|tags must be an object of strings",
        "\"tags\":{\"k\":5}|tags.k must be a string",
        "\"tags\":{\"k\":\"a\\u001f\"}|tags.k must not contain control characters",
        "\"tags\":{\"k\\u001f\":\"a\"}|tags must have names of 1 to 200 characters without control"
            + " characters",
        "\"tags\":{\"a=b\":\"c\"}|tags must not have names with =",
        "\"costs\":5|costs is not a known field"
      })
  void aWrongValueIsNamedWithWhatWouldBeRight(String field, String error) {
    assertWithRefused(field, error);
  }

  @Test
  void moreThan32TagsAreRefused() {
    assertThat(with("\"tags\":" + tags(32)).tags()).hasSize(32);
    assertWithRefused("\"tags\":" + tags(33), "tags must have at most 32 entries");
  }

  @Test
  void everythingWrongIsReportedAtOnce() {
    assertRefused(
        "{\"userId\":5,\"cost\":\"x\",\"outputTokens\":-1,\"extra\":1}",
        "eventId is required; occurredAt is required; userId must be a string;"
            + " outputTokens must be a whole number from 0 to 100000000000;"
            + " cost is not a decimal number such as 0.80; extra is not a known field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1773576000", "\"2026-03-15\"", "\"2026-03-15T12:00:00\"", "\"soon\""})
  void aTimeWithoutItsOffsetIsRefused(String time) {
    assertRefused(
        "{\"eventId\":\"e\",\"occurredAt\":" + time + "}",
        "occurredAt must be an ISO 8601 time with an offset, such as 2026-03-01T09:30:00Z");
  }

  @Test
  void anEventIsAcceptedUntilItIs35DaysOldAndNotAMicrosecondLonger() {
    Instant oldest = NOW.minus(Duration.ofDays(35));
    assertThat(at(oldest).occurredAt()).isEqualTo(oldest);
    assertThatThrownBy(() -> at(oldest.minusNanos(1000)))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage("occurredAt is older than 35 days; older events need a bulk import");
    assertThatThrownBy(() -> at(oldest.minusNanos(1))).isInstanceOf(InvalidJsonException.class);
  }

  @Test
  void anEventIsAcceptedUpToFiveMinutesAheadAndNotAMicrosecondMore() {
    Instant farthest = NOW.plus(Duration.ofMinutes(5));
    assertThat(at(farthest).occurredAt()).isEqualTo(farthest);
    assertThatThrownBy(() -> at(farthest.plusNanos(1000)))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage("occurredAt is more than 5 minutes in the future");
  }

  @Test
  void theEndsOfTimeAreRefusedLikeAnyOther() {
    for (String time : new String[] {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"}) {
      assertThatThrownBy(() -> read("{\"eventId\":\"e\",\"occurredAt\":\"" + time + "\"}"))
          .isInstanceOf(InvalidJsonException.class)
          .hasMessage("occurredAt must be within the years 1 to 9999");
    }
  }

  @Test
  void anEventIsJudgedByTheMicrosecondThatIsKeptOfIt() {
    UsageEventReader reader = UsageEventReader.live("USD", NOW.plusNanos(1));
    Instant oldest = NOW.plusNanos(1).minus(Duration.ofDays(35));
    Object json = ExactJson.parse("{\"eventId\":\"e\",\"occurredAt\":\"" + oldest + "\"}");
    assertThatThrownBy(() -> reader.read(json)).isInstanceOf(InvalidJsonException.class);
  }

  @Test
  void theIdOfARejectedEventIsBoundedAndPrintable() {
    assertThat(UsageEventReader.idOf(ExactJson.parse("{\"eventId\":\"e\"}"))).isEqualTo("e");
    assertThat(UsageEventReader.idOf(ExactJson.parse("{\"eventId\":\"a\\nb\"}")))
        .isEqualTo("a\uFFFDb");
    String astral = "\uD83D\uDE00".repeat(201);
    assertThat(UsageEventReader.idOf(Map.of("eventId", astral)))
        .isEqualTo("\uD83D\uDE00".repeat(200) + "…");
    for (String other : new String[] {"{}", "{\"eventId\":5}", "[]", "null", "5"}) {
      assertThat(UsageEventReader.idOf(ExactJson.parse(other))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "\"x\""})
  void whatIsNoObjectIsRefused(String json) {
    assertRefused(json, "A JSON object is expected.");
  }

  private static String tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k" + i + "\":\"v\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static UsageEvent at(Instant occurredAt) {
    return read("{\"eventId\":\"e\",\"occurredAt\":\"" + occurredAt + "\"}");
  }

  private static UsageEvent with(String fields) {
    return read(json(fields));
  }

  private static String json(String fields) {
    return "{\"eventId\":\"e\",\"occurredAt\":\"2026-03-15T12:00:00Z\""
        + (fields.isEmpty() ? "" : "," + fields)
        + "}";
  }

  private static UsageEvent read(String json) {
    return READER.read(ExactJson.parse(json));
  }

  private static void assertWithRefused(String fields, String error) {
    assertRefused(json(fields), error);
  }

  private static void assertRefused(String json, String error) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidJsonException.class).hasMessage(error);
  }
}
