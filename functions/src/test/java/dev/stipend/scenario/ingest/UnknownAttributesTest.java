package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a sender tells of usage and nobody understands is kept, counted and shown.
@ExtendWith(StipendExtension.class)
class UnknownAttributesTest {
  private static final Instant START = SettableClock.START;
  private static final String CALL =
      """
      {"traceId":"t","spanId":"%s","name":"chat","endTimeUnixNano":"1781524770000000000","attributes":[
       {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
       {"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}},
       {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}},
       {"key":"%s","value":{"intValue":"%d"}}]}\
      """;
  private static final String LISTED =
      """
      {"library":"my.library","version":"1.4","attribute":"%s","lastValue":"%s","events":%d,\
      "firstSeenAt":"%s","lastSeenAt":"%s"}\
      """;
  private static final String VIDEO = "gen_ai.usage.video.input_tokens";

  @Test
  void anUnknownAttributeIsListedAndItsEventIsMarkedAndPricedWithoutIt(Stipend stipend) {
    send(stipend, CALL.formatted("s1", VIDEO, 7));
    assertThat(
            stipend.database.rows(
                "SELECT cost, input_tokens, details ->> 'unknown' FROM stipend.usage_logs"))
        .containsExactly("0.002500000000|1000|[\"" + VIDEO + "\"]");
    assertThat(listed(stipend))
        .isEqualTo("{\"attributes\":[" + LISTED.formatted(VIDEO, "7", 1, START, START) + "]}");
    assertThat(stipend.api("GET", "/api/health", "").json().get("unknownUsageAttributes"))
        .hasToString("1");
  }

  @Test
  void itCountsEventsNotMessagesAndTheNewestComesFirst(Stipend stipend) {
    send(stipend, CALL.formatted("s1", VIDEO, 7));
    send(stipend, CALL.formatted("s1", VIDEO, 7));
    send(stipend, CALL.formatted("s2", "acme.usage.searches", 3));
    stipend.clock.tick(Duration.ofMinutes(1));
    send(stipend, CALL.formatted("s3", VIDEO, 9) + "," + CALL.formatted("s4", VIDEO, 9));
    assertThat(listed(stipend))
        .isEqualTo(
            "{\"attributes\":["
                + LISTED.formatted(VIDEO, "9", 3, START, START.plusSeconds(60))
                + ","
                + LISTED.formatted("acme.usage.searches", "3", 1, START, START)
                + "]}");
  }

  @Test
  void usageOfNobodyKnowsWhichModelIsNoEventAndIsListed(Stipend stipend) {
    send(stipend, CALL.formatted("s1", "x", 7).replace("gen_ai.request.model", "y"));
    assertThat(stipend.database.rows("SELECT event_id FROM stipend.usage_logs")).isEmpty();
    assertThat(listed(stipend))
        .contains("\"usage without a model\"", "1000 input tokens, 0 output tokens");
  }

  @Test
  void healthWarnsForSevenDays(Stipend stipend) {
    send(stipend, CALL.formatted("s1", VIDEO, 7));
    stipend.clock.tick(Duration.ofDays(7));
    assertThat(stipend.api("GET", "/api/health", "").body()).contains("unknownUsageAttributes");
    stipend.clock.tick(Duration.ofSeconds(1));
    assertThat(stipend.api("GET", "/api/health", "").body())
        .doesNotContain("unknownUsageAttributes");
    assertThat(listed(stipend)).contains(VIDEO);
  }

  @Test
  void aWorkspaceHasItsOwnAndAtMostTwoHundred(Stipend stipend) {
    send(
        stipend,
        IntStream.range(0, 250)
            .mapToObj(i -> CALL.formatted("s" + i, "my.usage.n" + i, 7))
            .collect(Collectors.joining(",")));
    send(stipend, CALL.formatted("more", VIDEO, 7) + "," + CALL.formatted("m", "my.usage.n0", 8));
    assertThat(
            stipend.database.rows(
                "SELECT count(*), sum(events) FROM stipend.unknown_usage_attributes"))
        .containsExactly("200|201");
    assertThat(
            stipend
                .api("GET", "/api/usage/unknown", "", Tenant.key(stipend, "read", "elsewhere"))
                .body())
        .isEqualTo("{\"attributes\":[]}");
  }

  @Test
  void thatItCannotBeNotedHarmsNoEvent(Stipend stipend) {
    stipend.database.execute(
        "ALTER TABLE stipend.unknown_usage_attributes RENAME TO unknown_for_a_test");
    try {
      send(stipend, CALL.formatted("s1", VIDEO, 7));
    } finally {
      stipend.database.execute(
          "ALTER TABLE stipend.unknown_for_a_test RENAME TO unknown_usage_attributes");
    }
    assertThat(stipend.database.rows("SELECT event_id FROM stipend.usage_logs"))
        .containsExactly("t-s1");
  }

  private static void send(Stipend stipend, String spans) {
    String trace =
        """
        {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"my.library","version":"1.4"},"spans":[%s]}]}]}\
        """
            .formatted(spans);
    assertThat(stipend.api("POST", "/v1/traces", trace).body()).isEqualTo("{}");
  }

  private static String listed(Stipend stipend) {
    return stipend.api("GET", "/api/usage/unknown", "").body();
  }
}
