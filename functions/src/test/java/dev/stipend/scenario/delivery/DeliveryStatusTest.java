package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every answer of Slack makes of a delivery, by all of the engine.
@ExtendWith(StipendExtension.class)
final class DeliveryStatusTest {
  @RegisterExtension
  static final WireMockExtension SLACK =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
          .build();

  /// By the schedule: the first wait is two and a half to five seconds.
  private static final String SOON = "soon";

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("200 ok", body(200, "ok"), "sent", null, "null"),
        Arguments.of("200 with a page", body(200, "<html>"), "failed", null, "200 (<html>)"),
        Arguments.of(
            "301",
            aResponse().withStatus(301).withHeader("Location", "/other"),
            "failed",
            null,
            "Slack answered 301"),
        Arguments.of("400", body(400, "invalid_blocks"), "failed", null, "400 (invalid_blocks)"),
        Arguments.of("403", body(403, "invalid_token"), "failed", null, "403 (invalid_token)"),
        Arguments.of("404", body(404, "no_service"), "failed", null, "404 (no_service)"),
        Arguments.of("410", body(410, "channel_is_archived"), "failed", null, "is_archived"),
        Arguments.of("429", body(429, ""), "retrying", SOON, "Slack answered 429"),
        Arguments.of(
            "429 with Retry-After",
            body(429, "").withHeader("Retry-After", "77"),
            "retrying",
            "PT1M17S",
            "Slack answered 429"),
        Arguments.of("500", body(500, "oops"), "retrying", SOON, "500 (oops)"),
        Arguments.of("503", body(503, ""), "retrying", SOON, "Slack answered 503"),
        Arguments.of(
            "reset", fault(Fault.CONNECTION_RESET_BY_PEER), "retrying", SOON, "not be reached"),
        Arguments.of(
            "reset amid the body",
            fault(Fault.MALFORMED_RESPONSE_CHUNK),
            "retrying",
            SOON,
            "not be reached"),
        Arguments.of(
            "a hang of 30 s",
            body(200, "ok").withFixedDelay(30_000),
            "retrying",
            SOON,
            "did not answer in time"));
  }

  private static ResponseDefinitionBuilder body(int status, String body) {
    return aResponse().withStatus(status).withBody(body);
  }

  private static ResponseDefinitionBuilder fault(Fault fault) {
    return aResponse().withFault(fault);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void everyAnswerMakesTheRightStatus(
      String name,
      ResponseDefinitionBuilder answer,
      String status,
      String wait,
      String reason,
      Stipend stipend) {
    SLACK.stubFor(any(anyUrl()).willReturn(answer));
    assertDelivery(stipend, "http://127.0.0.1:" + SLACK.getPort() + "/hook", status, wait, reason);
    SLACK.verify(0, anyRequestedFor(urlEqualTo("/other")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("addresses")
  void everyBrokenWayIsTriedAgain(String name, String url, String reason, Stipend stipend) {
    assertDelivery(stipend, url, "retrying", SOON, reason);
  }

  static Stream<Arguments> addresses() {
    return Stream.of(
        Arguments.of(
            "connection refused",
            "http://127.0.0.1:" + ClosedPort.find() + "/hook",
            "the connection was refused"),
        Arguments.of(
            "TLS failure",
            "https://localhost:" + SLACK.getHttpsPort() + "/hook",
            "no secure connection could be made"),
        Arguments.of(
            "unknown host", "http://stipend.invalid/hook", "the name of its host is not known"));
  }

  private static void assertDelivery(
      Stipend stipend, String url, String status, String wait, String reason) {
    stipend.set("hook.of.status.test", url);
    alert(stipend);
    stipend.deliverAlerts();
    String[] row =
        stipend
            .database
            .value(
                """
                SELECT d.status, d.attempts, to_char(d.next_attempt_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                  d.last_error
                FROM stipend.alert_deliveries d
                JOIN stipend.notification_channels c ON c.id = d.channel_id
                WHERE c.name = 'S'
                """)
            .split("\\|", 4);
    assertThat(row[0]).as(row[3]).isEqualTo(status);
    assertThat(row[1]).isEqualTo("1");
    assertThat(row[3]).contains(reason).doesNotContain("/hook");
    Duration until = Duration.between(SettableClock.START, Instant.parse(row[2]));
    if (SOON.equals(wait)) {
      assertThat(until).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    } else if (wait != null) {
      assertThat(until).isEqualTo(Duration.parse(wait));
    }
  }

  private static void alert(Stipend stipend) {
    Answer channel =
        stipend.api(
            "POST",
            "/api/channels",
            """
            {"kind":"slack_webhook","name":"S","config":{"urlSecret":"HOOK_OF_STATUS_TEST"}}
            """);
    Answer budget =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"B","limitAmount":1,"period":"monthly","scope":"workspace","channels":["%s"]}
            """
                .formatted(channel.text("id")));
    assertThat(budget.status()).as(budget.body()).isEqualTo(201);
    stipend.record(Usage.costing("e1", SettableClock.START, "0.9"));
  }
}
