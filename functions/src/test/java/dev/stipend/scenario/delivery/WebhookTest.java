package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Channels of kind `webhook`, from the API to the receiver.
@ExtendWith(StipendExtension.class)
final class WebhookTest {
  private static final String NAMES =
      "{\"urlSecret\":\"RECEIVER_URL\",\"signingSecret\":\"RECEIVER_KEY\"}";
  private static final String STATUS =
      "SELECT status, attempts, last_error FROM stipend.alert_deliveries";

  @Test
  void alertReachesTheReceiverSignedAndAgainWithTheSameIdAfterAnOutage(Stipend stipend)
      throws Exception {
    String id = channel(stipend, NAMES);
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/webhook")).willReturn(aResponse().withStatus(503).withBody("busy")));
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"B","limitAmount":100,"period":"monthly","scope":"user","scopeId":"u1","channels":["%s"]}
        """
            .formatted(id));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(stipend.database.rows(STATUS))
        .containsExactly("retrying|1|The webhook of RECEIVER_URL answered 503");

    TestServers.HTTP.stubFor(post(urlEqualTo("/webhook")).willReturn(aResponse()));
    stipend.clock.tick(Duration.ofMinutes(5));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(STATUS)).containsExactly("sent|2|null");
    List<LoggedRequest> received =
        TestServers.HTTP.findAll(postRequestedFor(urlEqualTo("/webhook")));
    assertThat(received).hasSize(2);
    for (LoggedRequest request : received) {
      String event = request.getHeader("webhook-id");
      assertThat(request.getBodyAsString()).startsWith("{\"id\":\"" + event + "\"");
      assertThat(event).isEqualTo(received.getFirst().getHeader("webhook-id"));
      assertThat(request.getHeader("webhook-signature"))
          .isEqualTo(
              new Webhook(StipendExtension.WEBHOOK_SECRET)
                  .sign(
                      event,
                      Long.parseLong(request.getHeader("webhook-timestamp")),
                      request.getBodyAsString()));
    }
    assertThat(stipend.database.rows("SELECT config FROM stipend.notification_channels"))
        .containsExactly("{\"urlSecret\": \"RECEIVER_URL\", \"signingSecret\": \"RECEIVER_KEY\"}");
  }

  @Test
  void testOfAWebhookSaysThatItIsOne(Stipend stipend) {
    Answer sent = test(stipend, channel(stipend, NAMES));

    assertThat(sent.text("outcome")).as(sent.body()).isEqualTo("sent");
    TestServers.HTTP.verify(
        1,
        postRequestedFor(urlEqualTo("/webhook"))
            .withRequestBody(matchingJsonPath("$.type", equalTo("alert.test"))));
  }

  @Test
  void receiverInAPrivateNetworkIsToldToBeOutOfReachForGood(Stipend stipend) {
    Answer answer =
        test(
            stipend,
            channel(stipend, "{\"urlSecret\":\"PRIVATE_URL\",\"signingSecret\":\"RECEIVER_KEY\"}"));

    assertThat(answer.text("outcome")).isEqualTo("failed");
    assertThat(answer.text("error"))
        .isEqualTo(
            "the host in PRIVATE_URL resolves to an address that is not public; webhooks go"
                + " to public addresses only");
  }

  @Test
  void wrongConfigurationIsNamedWithItsFix(Stipend stipend) {
    Map<String, String> wrong =
        Map.of(
            "{\"urlSecret\":\"my url\"}", "config.urlSecret must name the environment variable",
            "{\"urlSecret\":\"https://example.com\"}", "config.urlSecret looks like a secret",
            "{\"signingSecret\":\"whsec_abc\"}", "config.signingSecret looks like a secret",
            "{\"signingSecret\":\"DATABASE_URL\"}", "config.signingSecret must not name a secret",
            "{\"url\":\"X\"}", "config.url is not a known field",
            "{\"locale\":\"es\"}", "config.locale is not a known field");
    wrong.forEach(
        (config, message) -> {
          Answer answer = create(stipend, config);
          assertThat(answer.status()).as(config).isEqualTo(400);
          assertThat(answer.text("detail")).contains(message);
        });
  }

  private static Answer create(Stipend stipend, String config) {
    return stipend.api(
        "POST",
        "/api/channels",
        "{\"kind\":\"webhook\",\"name\":\"Receiver\",\"config\":%s}".formatted(config));
  }

  private static String channel(Stipend stipend, String config) {
    Answer made = create(stipend, config);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private static Answer test(Stipend stipend, String id) {
    return stipend.api("POST", "/api/channels/" + id + "/test", "");
  }
}
