package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.database.ClosedPort;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What becomes of deliveries when a provider does not take them.
@ExtendWith(StipendExtension.class)
class DeliveryTest {
  private static final String SLACK =
      """
      SELECT d.status, d.attempts
      FROM stipend.alert_deliveries d
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.kind = 'slack_webhook'
      """;

  @BeforeEach
  void crossALine(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1"));
    stipend.record(Usage.costing("e1", SettableClock.START, "0.9"));
  }

  @Test
  void slackBeingDownDelaysNoMailAndIsToldOnceWhenItReturns(Stipend stipend) {
    slackAnswers(aResponse().withStatus(503));
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
    assertThat(stipend.database.value(SLACK)).isEqualTo("retrying|1");
    slackAnswers(aResponse().withStatus(200).withBody("ok"));
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).containsEntry("requeued", 1);
    stipend.deliverAlerts();
    assertThat(stipend.database.value(SLACK)).isEqualTo("sent|2");
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void mailBeingDownDelaysNoSlackAndIsToldOnceWhenItReturns(Stipend stipend) {
    String mail = String.valueOf(stipend.settings().get("smtp.url"));
    stipend.set("smtp.url", "smtp://127.0.0.1:" + ClosedPort.find());
    stipend.deliverAlerts();
    stipend.set("smtp.url", mail);
    assertThat(stipend.database.value(SLACK)).isEqualTo("sent|1");
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).containsEntry("requeued", 1);
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
  }

  @Test
  void aProviderThatHangsKeepsNoOtherOfItsBatchWaiting(Stipend stipend) throws Exception {
    slackAnswers(aResponse().withBody("ok").withFixedDelay(2_000));
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      Future<?> batch = worker.submit(stipend::deliverAlerts);
      await().until(() -> TestServers.MAIL.getReceivedMessages().length == 1);
      assertThat(stipend.database.value(SLACK)).isEqualTo("sending|1");
      batch.get();
    }
    assertThat(stipend.database.value(SLACK)).isEqualTo("sent|1");
  }

  @Test
  void aProviderThatAsksToWaitIsLeftAloneThatLong(Stipend stipend) {
    slackAnswers(aResponse().withStatus(429).withHeader("Retry-After", "600"));
    stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofSeconds(590));
    assertThat(stipend.sweep()).containsEntry("requeued", 0);
    stipend.clock.tick(Duration.ofSeconds(60));
    assertThat(stipend.sweep()).containsEntry("requeued", 1);
  }

  @Test
  void aChannelThatIsGoneFailsAtOnceAndSaysWhy(Stipend stipend) {
    slackAnswers(aResponse().withStatus(404).withBody("no_service"));
    stipend.deliverAlerts();
    assertThat(stipend.database.value(SLACK)).isEqualTo("failed|1");
    assertThat(stipend.api("GET", "/api/alerts", "").body()).contains("no_service");
  }

  @Test
  void aProviderThatStaysDownForADayEndsTheDelivery(Stipend stipend) {
    slackAnswers(aResponse().withStatus(500));
    for (int hour = 0; hour < 26; hour++) {
      stipend.deliverAlerts();
      stipend.clock.tick(Duration.ofHours(1));
      stipend.sweep();
    }
    stipend.deliverAlerts();
    assertThat(stipend.database.value(SLACK)).startsWith("failed|");
    assertThat(stipend.api("GET", "/api/alerts", "").body())
        .contains("not delivered within 24 hours");
  }

  @Test
  void deliveriesWhoseMessagesWereLostAreFoundByTheSweep(Stipend stipend) {
    stipend.loseAlerts();
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).containsEntry("requeued", 2);
    stipend.deliverAlerts();
    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
    assertThat(stipend.sweep()).containsEntry("requeued", 0);
  }

  @Test
  void aChannelOfAKindThatNobodySendsToKeepsNobodyElseFromBeingTold(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.notification_channels (workspace_id, kind, name, config, is_default)
        SELECT id, 'webhook', 'unsent', '{"url":"https://example.com"}', TRUE
        FROM stipend.workspaces
        WHERE slug = 'default'
        """);
    stipend.record(Usage.costing("e2", SettableClock.START, "0.2"));
    stipend.deliverAlerts();
    assertThat(
            stipend.database.rows(
                """
                SELECT c.kind, d.status
                FROM stipend.alert_deliveries d
                JOIN stipend.alert_logs a ON a.id = d.alert_id
                JOIN stipend.notification_channels c ON c.id = d.channel_id
                WHERE a.threshold = 100
                  AND d.purpose = 'raised'
                ORDER BY 1
                """))
        .containsExactly("email|sent", "slack_webhook|sent", "webhook|failed");
  }

  @Test
  void manyWorkersWithTheSameMessageSendItOnce(Stipend stipend) {
    stipend.clock.tick(Duration.ofMinutes(1));
    for (int i = 0; i < 4; i++) {
      stipend.sweep();
    }
    Race.run(Collections.nCopies(6, stipend::deliverAlerts));
    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
  }

  private static void slackAnswers(ResponseDefinitionBuilder answer) {
    TestServers.HTTP.stubFor(post(urlEqualTo("/slack")).willReturn(answer));
  }
}
