package dev.stipend.concurrency;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.process.WorkerMain;
import dev.stipend.support.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Workers in processes of their own, stopped by a lock that the test holds and killed there, as
/// `kill -9` does.
@ExtendWith(StipendExtension.class)
class KilledWorkerTest {
  @TempDir Path directory;

  @Test
  void aRecorderThatIsKilledBeforeItEvaluatesLosesNoAlertAndCountsNothingTwice(Stipend stipend)
      throws Exception {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1"));
    String message = Usage.costing("e1", SettableClock.START, "0.9");
    try (Connection lock = lock(stipend, "stipend.alert_logs")) {
      Process worker = start(stipend, "record", message);
      await().until(() -> !stipend.database.rows("SELECT 1 FROM stipend.usage_logs").isEmpty());
      awaitSomebodyWaitingFor(stipend, "alert_logs");
      kill(worker);
      lock.rollback();
    }
    assertThat(stipend.record(message)).as("its message comes again").isEmpty();
    assertThat(stipend.database.value("SELECT spend FROM stipend.budget_periods"))
        .isEqualTo("0.900000000000");
    assertThat(stipend.database.rows("SELECT 1 FROM stipend.alert_logs")).isEmpty();
    assertThat(stipend.sweep()).containsEntry("evaluated", 1);
    assertThat(stipend.database.rows("SELECT threshold, state FROM stipend.alert_logs"))
        .containsExactly("80.000|open");
    stipend.deliverAlerts();
    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
  }

  @Test
  void aDelivererThatIsKilledBetweenSendAndMarkRepeatsOneMessageWithTheSameId(Stipend stipend)
      throws Exception {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1"));
    stipend.record(Usage.costing("e1", SettableClock.START, "0.9"));
    killBetweenSendAndMark(stipend, 1);
  }

  @Test
  void aDelivererThatIsKilledAfterItSentADigestRepeatsTheSameDigest(Stipend stipend)
      throws Exception {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Each","limitAmount":1,"period":"monthly","scope":"user","scopeId":"*"}
        """);
    for (int user = 0; user < 7; user++) {
      stipend.record(
          """
          {"eventId":"e%1$d","occurredAt":"%2$s","userId":"u%1$d","model":"m","cost":"0.9"}
          """
              .formatted(user, SettableClock.START));
    }
    killBetweenSendAndMark(stipend, 7);
    assertThat(
            stipend.database.value(
                "SELECT count(DISTINCT digest_id) FROM stipend.alert_deliveries"
                    + " WHERE digest_id IS NOT NULL AND status = 'sent'"))
        .as("Slack's, and the mailbox's")
        .isEqualTo("2");
  }

  /// @param notices how many the message to Slack carries
  private void killBetweenSendAndMark(Stipend stipend, int notices) throws Exception {
    String message =
        stipend.database.value(
            """
            SELECT jsonb_build_object(
              'workspaceId', d.workspace_id, 'alertId', d.alert_id, 'channelId', d.channel_id, 'purpose', d.purpose)
            FROM stipend.alert_deliveries d
            JOIN stipend.notification_channels c ON c.id = d.channel_id
            WHERE c.kind = 'slack_webhook'
            LIMIT 1
            """);
    // Slack takes its time to answer, in which the test takes the lock that keeps the worker from
    // marking.
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/slack"))
            .willReturn(aResponse().withStatus(200).withBody("ok").withFixedDelay(2000)));
    Process worker = start(stipend, "deliver", message);
    await()
        .until(
            () ->
                stipend
                        .database
                        .rows("SELECT 1 FROM stipend.alert_deliveries WHERE status = 'sending'")
                        .size()
                    == notices);
    try (Connection lock = lock(stipend, "stipend.alert_deliveries")) {
      awaitSomebodyWaitingFor(stipend, "alert_deliveries");
      TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
      kill(worker);
      lock.rollback();
    }
    stipend.deliverAlerts();
    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
    stipend.clock.tick(Duration.ofMinutes(2));
    assertThat(stipend.sweep()).containsEntry("requeued", notices);
    stipend.deliverAlerts();
    TestServers.HTTP.verify(2, postRequestedFor(urlEqualTo("/slack")));
    assertThat(stipend.database.rows("SELECT DISTINCT status FROM stipend.alert_deliveries"))
        .containsExactly("sent");
    List<String> bodies =
        TestServers.HTTP.findAll(postRequestedFor(urlEqualTo("/slack"))).stream()
            .map(request -> request.getBodyAsString())
            .toList();
    assertThat(bodies.get(0)).isEqualTo(bodies.get(1));
  }

  private static Connection lock(Stipend stipend, String table) throws SQLException {
    Connection connection = stipend.database.connect();
    connection.setAutoCommit(false);
    connection.createStatement().execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    return connection;
  }

  private static void awaitSomebodyWaitingFor(Stipend stipend, String table) {
    await()
        .until(
            () ->
                !stipend
                    .database
                    .rows(
                        "SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
                            + " WHERE NOT l.granted AND c.relname = '"
                            + table
                            + "'")
                    .isEmpty());
  }

  private static void kill(Process worker) throws InterruptedException {
    worker.destroyForcibly();
    assertThat(worker.waitFor()).as("killed, not finished").isNotZero();
  }

  private Process start(Stipend stipend, String what, String message) throws IOException {
    Path messageFile = directory.resolve("message.json");
    Files.writeString(messageFile, message);
    return WorkerProcess.of(
            stipend, directory, List.of(), WorkerMain.class, what, messageFile.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("worker.log").toFile())
        .start();
  }
}
