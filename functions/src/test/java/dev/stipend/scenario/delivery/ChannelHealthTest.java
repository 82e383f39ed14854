package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Channels that stop working: who is told, and how they heal.
@ExtendWith(StipendExtension.class)
final class ChannelHealthTest {
  private static final String DELIVERIES =
      """
      SELECT c.name, d.purpose, d.status
      FROM stipend.alert_deliveries d
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      ORDER BY d.created_at, 1, 2
      """;

  private String slack = "";

  @BeforeEach
  void set(Stipend stipend) {
    stipend.set("second.hook", TestServers.HTTP.baseUrl() + "/second");
    slack = channel(stipend, "{\"kind\":\"slack_webhook\",\"name\":\"Slack\"}");
    Answer budget =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"B","limitAmount":100,"period":"monthly","scope":"workspace","channels":["%s"]}
            """
                .formatted(slack));
    assertThat(budget.status()).as(budget.body()).isEqualTo(201);
  }

  @Test
  void aChannelThatIsGoneSaysWhyAndTheFallbackIsToldWhatItMissed(Stipend stipend) throws Exception {
    fallbackMail(stipend);
    slackAnswers(aResponse().withStatus(404).withBody("no_service"));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();

    Answer found = stipend.api("GET", "/api/channels/" + slack, "");
    assertThat(found.text("health")).isEqualTo("failing");
    assertThat(found.text("healthReason")).contains("404 (no_service)").doesNotContain("/slack");
    assertThat(found.text("failingSince")).isEqualTo(SettableClock.START.toString());
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly("Mail|undelivered|sent", "Slack|raised|failed");
    assertThat(subjects())
        .containsExactly(
            "[warning] Could not be delivered to its channel: Budget \"B\" is at 80 % of $100.00");
    assertThat(
            stipend.database.value(
                "SELECT payload -> 'undelivered' FROM stipend.alert_deliveries WHERE purpose ="
                    + " 'undelivered'"))
        .isEqualTo(
            "[{\"cause\": \"Slack answered 404 (no_service) for the webhook of SLACK_WEBHOOK_URL\","
                + " \"channel\": \"Slack\"}]");
  }

  @Test
  void everythingThatAFailingChannelCannotBeSentGoesToTheFallback(Stipend stipend)
      throws Exception {
    fallbackMail(stipend);
    slackAnswers(aResponse().withStatus(403));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofDays(1));
    stipend.record(Usage.costing("e2", SettableClock.START, "20"));
    stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofHours(1));
    stipend.record(
        Usage.costing("e3", SettableClock.START, "-90")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    stipend.deliverAlerts();
    assertThat(subjects())
        .containsExactlyInAnyOrder(
            "[warning] Could not be delivered to its channel: Budget \"B\" is at 80 % of $100.00",
            "[critical] Could not be delivered to its channel: Budget \"B\" is at 100 % of $100.00",
            "[info] Could not be delivered to its channel: Budget \"B\" is back below 80 %: 10 % of"
                + " $100.00",
            "[info] Could not be delivered to its channel: Budget \"B\" is back below 100 %: 10 %"
                + " of $100.00");
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.alert_deliveries WHERE payload #>>"
                    + " '{undelivered,0,cause}' IS NOT NULL AND sent_at IS NOT NULL"))
        .as("why the channel fails is said once")
        .isEqualTo("1");
  }

  @Test
  void everyAlertOfADigestThatFailsGoesToTheFallback(Stipend stipend) throws Exception {
    fallbackMail(stipend);
    for (int i = 0; i < 6; i++) {
      stipend.api(
          "POST",
          "/api/budgets",
          """
          {"name":"D%d","limitAmount":100,"period":"monthly","scope":"workspace","channels":["%s"]}
          """
              .formatted(i, slack));
    }
    slackAnswers(aResponse().withStatus(403));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(stipend.database.rows(DELIVERIES))
        .containsAll(Collections.nCopies(7, "Mail|undelivered|sent"));
    assertThat(subjects()).singleElement().asString().contains("7 alerts");
  }

  @Test
  void aChannelThatWorksAgainIsHealthy(Stipend stipend) {
    slackAnswers(aResponse().withStatus(403));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    slackAnswers(aResponse().withBody("ok"));
    stipend.clock.tick(Duration.ofHours(1));
    stipend.api("POST", "/api/channels/" + slack + "/test", "");
    assertThat(health(stipend)).isEqualTo("ok");
    assertThat(stipend.api("GET", "/api/channels/" + slack, "").body())
        .doesNotContain("healthReason", "failingSince");
  }

  @Test
  void whatNobodyCouldBeSentIsSentWhenTheChannelWorksAgain(Stipend stipend) {
    slackAnswers(aResponse().withStatus(404));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(stipend.database.rows(DELIVERIES)).containsExactly("Slack|raised|failed");

    TestServers.HTTP.resetRequests();
    slackAnswers(aResponse().withBody("ok"));
    stipend.api("POST", "/api/channels/" + slack + "/test", "");
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(stipend.database.rows(DELIVERIES)).containsExactly("Slack|raised|sent");
    TestServers.HTTP.verify(
        postRequestedFor(urlEqualTo("/slack")).withRequestBody(containing("is at 80 %")));
  }

  @Test
  void aMessageThatComesThroughHealsAndTheNextFailureIsNewsAgain(Stipend stipend) throws Exception {
    fallbackMail(stipend);
    slackAnswers(aResponse().withStatus(410));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(health(stipend)).isEqualTo("failing");

    slackAnswers(aResponse().withBody("ok"));
    stipend.record(Usage.costing("e2", SettableClock.START, "20"));
    stipend.deliverAlerts();
    assertThat(health(stipend)).isEqualTo("ok");

    slackAnswers(aResponse().withStatus(410));
    String alert =
        stipend.database.value(
            "SELECT id FROM stipend.alert_logs WHERE threshold = 100 AND state = 'open'");
    stipend.api("POST", "/api/alerts/" + alert + "/resend", "");
    stipend.deliverAlerts();
    assertThat(health(stipend)).isEqualTo("failing");
    assertThat(subjects()).hasSize(2);
  }

  @Test
  void aTestThatFailsShowsInTheHealth(Stipend stipend) {
    slackAnswers(aResponse().withStatus(404).withBody("no_service"));
    stipend.api("POST", "/api/channels/" + slack + "/test", "");
    assertThat(health(stipend)).isEqualTo("failing");
  }

  @Test
  void aChannelThatIsOnlyDownIsNotFailing(Stipend stipend) {
    slackAnswers(aResponse().withStatus(503));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(health(stipend)).isEqualTo("ok");
  }

  @Test
  void withoutFallbackADefaultThatWorksIsTold(Stipend stipend) throws Exception {
    channel(
        stipend,
        "{\"kind\":\"email\",\"name\":\"Mail\",\"isDefault\":true,\"config\":{\"to\":\"a@example.com\"}}");
    slackAnswers(aResponse().withStatus(404));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(subjects()).hasSize(1);
  }

  @Test
  void whereNoOtherChannelWorksTheAlertStaysFailed(Stipend stipend) throws Exception {
    slackAnswers(aResponse().withStatus(404));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(stipend.database.rows(DELIVERIES)).containsExactly("Slack|raised|failed");
    assertThat(subjects()).isEmpty();
  }

  @Test
  void aFallbackThatFailsTooHandsOnToADefaultThatWorks(Stipend stipend) throws Exception {
    channel(
        stipend,
        """
        {"kind":"slack_webhook","name":"Second","isFallback":true,"config":{"urlSecret":"SECOND_HOOK"}}
        """);
    channel(
        stipend,
        "{\"kind\":\"email\",\"name\":\"Mail\",\"isDefault\":true,\"config\":{\"to\":\"a@example.com\"}}");
    slackAnswers(aResponse().withStatus(404));
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/second")).willReturn(aResponse().withStatus(410).withBody("gone")));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactlyInAnyOrder(
            "Mail|undelivered|sent", "Second|undelivered|failed", "Slack|raised|failed");
  }

  @Test
  void twoChannelsThatFailOnOneAlertAreBothTold(Stipend stipend) throws Exception {
    fallbackMail(stipend);
    String second =
        channel(
            stipend,
            """
            {"kind":"slack_webhook","name":"Second","config":{"urlSecret":"SECOND_HOOK"}}
            """);
    String budget = stipend.database.value("SELECT id FROM stipend.budgets");
    stipend.api(
        "PATCH",
        "/api/budgets/" + budget,
        "{\"channels\":[\"%s\",\"%s\"]}".formatted(slack, second));
    slackAnswers(aResponse().withStatus(404));
    TestServers.HTTP.stubFor(post(urlEqualTo("/second")).willReturn(aResponse().withStatus(410)));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    assertThat(
            stipend.database.value(
                "SELECT jsonb_path_query_array(payload, '$.undelivered[*].channel') FROM"
                    + " stipend.alert_deliveries WHERE purpose = 'undelivered'"))
        .isIn("[\"Slack\", \"Second\"]", "[\"Second\", \"Slack\"]");
  }

  @Test
  void aWorkspaceHasOneFallbackAndTheLastWins(Stipend stipend) {
    String first = fallbackMail(stipend);
    assertThat(stipend.api("GET", "/api/channels/" + first, "").text("isFallback"))
        .isEqualTo("true");
    stipend.api("PATCH", "/api/channels/" + slack, "{\"isFallback\":true}");
    assertThat(stipend.api("GET", "/api/channels/" + first, "").text("isFallback"))
        .isEqualTo("false");
    assertThat(stipend.api("GET", "/api/channels/" + slack, "").text("isFallback"))
        .isEqualTo("true");
  }

  private String health(Stipend stipend) {
    return stipend.api("GET", "/api/channels/" + slack, "").text("health");
  }

  private static String fallbackMail(Stipend stipend) {
    return channel(
        stipend,
        "{\"kind\":\"email\",\"name\":\"Mail\",\"isFallback\":true,\"config\":{\"to\":\"a@example.com\"}}");
  }

  private static String channel(Stipend stipend, String body) {
    Answer made = stipend.api("POST", "/api/channels", body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private static Stream<String> subjects() throws Exception {
    return Arrays.stream(TestServers.MAIL.getReceivedMessages())
        .map(
            message -> {
              try {
                return message.getSubject();
              } catch (jakarta.mail.MessagingException unreadable) {
                throw new IllegalStateException(unreadable);
              }
            });
  }

  private static void slackAnswers(ResponseDefinitionBuilder answer) {
    TestServers.HTTP.stubFor(post(urlEqualTo("/slack")).willReturn(answer));
  }
}
