package dev.stipend.scenario.delivery.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.notification.SlackApi;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Slack answers a bot, and what each answer does to the delivery.
@ExtendWith(StipendExtension.class)
final class SlackBotAnswersTest extends SlackBotPosts {
  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(ok("{\"ok\":false,\"error\":\"channel_not_found\"}"), "failed", "channel_not"),
        Arguments.of(ok("{\"ok\":false,\"error\":\"account_inactive\"}"), "failed", "account_in"),
        Arguments.of(ok("{\"ok\":false,\"error\":\"is_archived\"}"), "failed", "is_archived"),
        Arguments.of(ok("{\"ok\":false,\"error\":\"invalid_auth\"}"), "failed", "invalid_auth"),
        Arguments.of(ok("{\"ok\":false,\"error\":\"invalid_blocks\"}"), "failed", "invalid_blo"),
        Arguments.of(ok("{\"ok\":false,\"error\":\"ratelimited\"}"), "retrying", "ratelimited"),
        Arguments.of(ok("{\"ok\":false,\"error\":\"internal_error\"}"), "retrying", "internal"),
        Arguments.of(ok("<html>"), "retrying", "unexpected"),
        Arguments.of(status(301), "failed", "Slack answered 301"),
        Arguments.of(status(400), "failed", "Slack answered 400"),
        Arguments.of(status(403), "failed", "Slack answered 403"),
        Arguments.of(status(404), "failed", "Slack answered 404"),
        Arguments.of(status(410), "failed", "Slack answered 410"),
        Arguments.of(status(429), "retrying", "Slack answered 429"),
        Arguments.of(status(429).withHeader("Retry-After", "30"), "retrying", "answered 429"),
        Arguments.of(status(500), "retrying", "Slack answered 500"),
        Arguments.of(status(503), "retrying", "Slack answered 503"),
        Arguments.of(
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "retrying", "be reached"),
        Arguments.of(
            aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), "retrying", "be reached"),
        Arguments.of(status(200).withFixedDelay(30_000), "retrying", "did not answer in time"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void everyAnswerMakesTheRightStatus(
      ResponseDefinitionBuilder answer, String status, String reason, Stipend stipend) {
    TestServers.HTTP.stubFor(post(urlEqualTo("/slack-api/" + POST)).willReturn(answer));
    try (CapturedLog log = CapturedLog.start()) {
      spend(stipend, "e1", "80");
      assertThat(stipend.database.value(DELIVERY))
          .startsWith(status + "|")
          .contains(reason)
          .doesNotContain(SlackApi.TOKEN);
      assertThat(log.text("dev.stipend", "com.slack", "okhttp3"))
          .doesNotContain(SlackApi.TOKEN, "secretBotToken");
    }
    assertThat(
            stipend.api("GET", "/api/channels?limit=200", "").body()
                + stipend.api("GET", "/api/alerts", "").body())
        .doesNotContain("secretBotToken");
  }

  @Test
  void retryAfterIsKeptTo(Stipend stipend) {
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/slack-api/" + POST))
            .willReturn(status(429).withHeader("Retry-After", "600")));
    spend(stipend, "e1", "80");
    stipend.clock.tick(Duration.ofSeconds(590));
    assertThat(stipend.sweep()).containsEntry("requeued", 0);
  }

  @Test
  void aTokenThatIsNotThereIsNamed(Stipend stipend) {
    String id =
        stipend
            .api(
                "POST",
                "/api/channels",
                """
                {"kind":"slack_bot","name":"X","config":{"tokenSecret":"NO_TOKEN","channel":"C0X"}}
                """)
            .text("id");
    assertThat(stipend.api("POST", "/api/channels/" + id + "/test", "").text("error"))
        .isEqualTo("NO_TOKEN is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts", "#alerts", "C0 TEAM", "<!channel>", "c0team"})
  void aPlaceThatIsNoIdIsRefused(String place, Stipend stipend) {
    Answer answer =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"slack_bot\",\"name\":\"X\",\"config\":{\"channel\":\"" + place + "\"}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains("config.channel must be the id");
  }

  private static ResponseDefinitionBuilder ok(String body) {
    return aResponse().withBody(body);
  }

  private static ResponseDefinitionBuilder status(int status) {
    return aResponse().withStatus(status);
  }
}
