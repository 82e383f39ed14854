package dev.stipend.concurrency;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two workers that write down a failure at once wait for each other's rows, as when the stand-in
/// of each channel is the other one. PostgreSQL ends one of them; people are notified all the same.
@ExtendWith(StipendExtension.class)
final class FailedDeliveriesTest {
  private static final int ROUNDS = 2;
  private static final String RAISED =
      """
      FROM stipend.alert_deliveries d
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.name = 'Slack' AND d.status <> 'failed'
      """;

  private final Stipend stipend;

  FailedDeliveriesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void aFailureThatMeetsADeadlockIsWrittenDownAndTheStandInIsTold() throws Exception {
    TestServers.HTTP.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withStatus(404)));
    String slack = channel("{\"kind\":\"slack_webhook\",\"name\":\"Slack\"}");
    String mail =
        channel(
            "{\"kind\":\"email\",\"name\":\"Mail\",\"isFallback\":true,\"config\":{\"to\":\"a@example.com\"}}");
    for (int round = 0; round < ROUNDS; round++) {
      stipend.api(
          "POST",
          "/api/budgets",
          """
          {"name":"B%d","limitAmount":100,"period":"monthly","scope":"workspace","channels":["%s"],"alertAt":%d}
          """
              .formatted(round, slack, 50 + round));
    }
    for (int round = 0; round < ROUNDS; round++) {
      stipend.record(Usage.costing("e" + round, SettableClock.START, round == 0 ? "50" : "1"));
      deliverInto(mail);
    }

    assertThat(
            stipend.database.rows(
                """
                SELECT c.name, d.purpose, d.status, count(*)
                FROM stipend.alert_deliveries d
                JOIN stipend.notification_channels c ON c.id = d.channel_id
                GROUP BY 1, 2, 3
                ORDER BY 1
                """))
        .containsExactly("Mail|undelivered|sent|" + ROUNDS, "Slack|raised|failed|" + ROUNDS);
  }

  /// Delivers while somebody else holds the row of the stand-in, and then wants that of the
  // channel.
  private void deliverInto(String standIn) throws Exception {
    try (ExecutorService worker = Executors.newSingleThreadExecutor();
        Connection other = stipend.database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // Whoever waited first looks for a deadlock first.
      statement.execute("SET deadlock_timeout = '1min'");
      statement.execute("SET lock_timeout = '5s'");
      statement.execute(
          """
          INSERT INTO stipend.alert_deliveries (
            workspace_id, alert_id, channel_id, purpose, status, payload, created_at, next_attempt_at)
          SELECT d.workspace_id, d.alert_id, '%s', 'undelivered', 'pending', d.payload, d.created_at, 'infinity'
          """
                  .formatted(standIn)
              + RAISED);
      Future<?> delivered =
          worker.submit(
              () -> {
                stipend.deliverAlerts();
                return null;
              });
      await()
          .until(
              () ->
                  !stipend
                      .database
                      .rows(
                          "SELECT pid FROM pg_stat_activity WHERE"
                              + " cardinality(pg_blocking_pids(pid)) > 0")
                      .isEmpty());
      try {
        statement.execute("SELECT d.* " + RAISED + "FOR UPDATE OF d");
      } catch (SQLException deadlock) {
        // It was this one, or the wait was long: the round was in vain.
      }
      other.rollback();
      delivered.get();
    }
  }

  private String channel(String body) {
    return stipend.api("POST", "/api/channels", body).text("id");
  }
}
