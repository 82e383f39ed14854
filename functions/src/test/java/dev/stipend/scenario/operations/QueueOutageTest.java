package dev.stipend.scenario.operations;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.database.DatabaseProxy;
import dev.stipend.support.http.Requests.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was asked for is done though the alerts queue does not answer, and people hear of it when
/// the queue is back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueueOutageTest {
  private static final Instant START = SettableClock.START;

  /// An API request has 29 seconds in all.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final DatabaseProxy queue =
      new DatabaseProxy(URI.create(TestServers.SQS_ENDPOINT).getPort());
  private final Stipend stipend = startBehind(queue);

  /// The address of the queue is read once, when its client is made.
  private static Stipend startBehind(DatabaseProxy queue) {
    String setting = "aws.endpointUrlSqs";
    System.setProperty(setting, queue.url(TestServers.SQS_ENDPOINT + "/"));
    try {
      return new Stipend(
          TestServers.newDatabase(),
          Map.of("slack.webhook.url", TestServers.HTTP.url("/slack"), "slack.pace", "0s"));
    } finally {
      System.setProperty(setting, TestServers.SQS_ENDPOINT);
    }
  }

  @BeforeEach
  void start() {
    stipend.clock.set(START);
    stipend.database.clear();
    TestServers.HTTP.resetAll();
    TestServers.HTTP.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200).withBody("ok")));
  }

  @AfterEach
  void queueIsBack() {
    queue.pass();
    queue.cut();
    stipend.loseAlerts();
  }

  @AfterAll
  void stop() {
    stipend.close();
    queue.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBudgetOverItsLimitIsCreatedAndItsAlertSentLater(boolean silent) {
    stipend.record(Usage.costing("e1", START, "12"));
    takeAway(silent);

    long asked = System.nanoTime();
    Answer created = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10"));

    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(PATIENCE);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(stipend.api("GET", "/api/budgets", "").items()).hasSize(1);
    assertToldAfterTheQueueIsBack("Test Budget");
  }

  @Test
  void aBudgetThatIsEditedBelowItsSpendIsEditedAndItsAlertSentLater() {
    String id = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");
    stipend.record(Usage.costing("e1", START, "12"));
    takeAway(false);

    Answer edited = stipend.api("PATCH", "/api/budgets/" + id, "{\"limitAmount\":10}");

    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    assertThat(edited.text("limitAmount")).isEqualTo("10.00");
    assertToldAfterTheQueueIsBack("Test Budget");
  }

  @Test
  void usageIsRecordedAndItsAlertSentLater() {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10"));
    takeAway(false);

    assertThat(stipend.record(Usage.costing("e1", START, "12"))).isEmpty();

    assertToldAfterTheQueueIsBack("Test Budget");
  }

  @Test
  void aPriceIsSetAndTheAlertOfWhatItPricedSentLater() {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10"));
    stipend.record(
        """
        {"eventId":"e1","occurredAt":"%s","userId":"u1","provider":"acme","model":"new","inputTokens":1000000,
         "outputTokens":0}
        """
            .formatted(START));
    stipend.deliverAlerts();
    TestServers.HTTP.resetRequests();
    takeAway(false);

    Answer set =
        stipend.api(
            "POST",
            "/api/prices",
            """
            {"provider":"acme","model":"new","effectiveFrom":"2026-01-01T00:00:00Z",
             "perMillion":{"input":"20","output":"20"}}
            """);

    assertThat(set.status()).as(set.body()).isEqualTo(201);
    assertToldAfterTheQueueIsBack("Test Budget");
  }

  @Test
  void anAlertIsMarkedForSendingAgainAndSentLater() {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10"));
    stipend.record(Usage.costing("e1", START, "12"));
    stipend.deliverAlerts();
    TestServers.HTTP.resetRequests();
    String alert =
        stipend.database.value("SELECT id FROM stipend.alert_logs ORDER BY threshold DESC LIMIT 1");
    takeAway(false);

    Answer again = stipend.api("POST", "/api/alerts/" + alert + "/resend", "");

    assertThat(again.status()).as(again.body()).isBetween(200, 202);
    assertToldAfterTheQueueIsBack("Test Budget");
  }

  /// The period that ended recovers an alert, which would be sent: the steps after that are done,
  /// and what follows the closing of a counter that watches silence too.
  @Test
  void aSweepDoesAllElseAndSaysWhatItCouldNotDo() {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Watched","limitAmount":10,"period":"daily","scope":"user","scopeId":"u1",
         "thresholds":[{"percent":100},{"percent":300,"kind":"stale"}]}
        """);
    stipend.api("POST", "/api/summaries", "{\"every\":\"daily\",\"hour\":9}");
    stipend.record(Usage.costing("e1", START, "12"));
    stipend.deliverAlerts();
    stipend.clock.set(Instant.parse("2026-06-16T09:00:00Z"));
    takeAway(false);

    Map<String, Object> swept = stipend.sweep();

    assertThat(swept).containsEntry("rolledOver", 1).containsEntry("summaries", 1);
    assertThat(
            stipend.database.rows(
                "SELECT period_start FROM stipend.budget_periods WHERE closed_at IS NULL"))
        .as("the next period is open, for silence is watched")
        .hasSize(1);
    stipend.clock.tick(Duration.ofMinutes(5));
    assertThat(stipend.sweep()).containsEntry("failed", List.of("requeue"));
    TestServers.HTTP.resetRequests();
    assertToldAfterTheQueueIsBack("spent on Mon 15 Jun 2026");
  }

  private void takeAway(boolean silent) {
    if (silent) {
      queue.fallSilent();
    } else {
      queue.stop();
    }
  }

  private void assertToldAfterTheQueueIsBack(String text) {
    assertThat(TestServers.HTTP.findAll(postRequestedFor(urlEqualTo("/slack")))).isEmpty();
    queue.pass();
    queue.cut();
    stipend.clock.tick(Duration.ofMinutes(5));
    assertThat(stipend.sweep()).doesNotContainKey("failed");
    stipend.deliverAlerts();
    assertThat(TestServers.HTTP.findAll(postRequestedFor(urlEqualTo("/slack"))))
        .anySatisfy(message -> assertThat(message.getBodyAsString()).contains(text));
  }
}
