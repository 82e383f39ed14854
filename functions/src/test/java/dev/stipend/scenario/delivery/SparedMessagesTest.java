package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.scenario.alerting.RaisedAlerts.budget;
import static dev.stipend.scenario.alerting.RaisedAlerts.refund;
import static dev.stipend.scenario.alerting.RaisedAlerts.spend;
import static dev.stipend.scenario.delivery.silence.Silenced.silence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A channel is spared what it knows already, and nobody else is.
@ExtendWith(StipendExtension.class)
final class SparedMessagesTest {
  private static final String SENT =
      """
      SELECT c.kind, b.name, a.threshold, d.purpose
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      JOIN stipend.budgets b ON b.id = a.budget_id
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE d.sent_at IS NOT NULL
      ORDER BY c.kind, d.sent_at, d.purpose, a.threshold, b.name
      """;

  private final Holder holder = new Holder();

  @Test
  void whoWasSentTheHigherThresholdIsSparedTheLowerOneAndHearsWhichStillHolds(Stipend stipend) {
    budget(stipend, "[50,80,100]");
    spend(stipend, "e1", "100");
    settle(stipend);
    stipend.clock.tick(Duration.ofMinutes(1));
    refund(stipend, "-10");
    settle(stipend);

    assertThat(stipend.database.rows(SENT))
        .containsExactly(
            "email|Test Budget|100.000|raised",
            "email|Test Budget|100.000|recovered",
            "slack_webhook|Test Budget|100.000|raised",
            "slack_webhook|Test Budget|100.000|recovered");
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT a.threshold, split_part(d.last_error, ', by', 1) FROM"
                    + " stipend.alert_deliveries d JOIN stipend.alert_logs a ON a.id = d.alert_id"
                    + " WHERE d.status = 'suppressed' ORDER BY 1"))
        .containsExactly(
            "50.000|a higher threshold was sent instead",
            "80.000|a higher threshold was sent instead");
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT payload -> 'alert' ->> 'reason' FROM stipend.alert_deliveries"
                    + " WHERE purpose = 'recovered' AND sent_at IS NOT NULL"))
        .containsExactly(
            "spend $90.00 is below 100 % of $100.00; the threshold at 80 % is still met; refund"
                + " refund took back $10.00");
  }

  @Test
  void theEndOfALowerThresholdIsToldToWhoHeardThatItStillHeld(Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "100");
    settle(stipend);
    stipend.clock.tick(Duration.ofMinutes(1));
    refund(stipend, "-10");
    settle(stipend);
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(
        Usage.costing("r2", SettableClock.START, "-40")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    settle(stipend);

    assertThat(stipend.database.rows(SENT))
        .filteredOn(row -> row.startsWith("email"))
        .containsExactly(
            "email|Test Budget|100.000|raised",
            "email|Test Budget|100.000|recovered",
            "email|Test Budget|80.000|recovered");
  }

  @Test
  void aChannelThatWasNotSentTheHigherThresholdIsSentTheLowerOne(Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "first", "0");
    spend(stipend, "e0", "80");
    settle(stipend);
    stipend.clock.tick(Duration.ofSeconds(30));
    refund(stipend, "-70");
    settle(stipend);
    String mail =
        stipend.database.value("SELECT id FROM stipend.notification_channels WHERE kind = 'email'");
    silence(stipend, "\"channelId\":\"" + mail + "\"", 60);
    stipend.clock.tick(Duration.ofMinutes(1));
    spend(stipend, "e1", "90");
    settle(stipend);
    stipend.record(
        Usage.costing("r2", SettableClock.START, "-15")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    stipend.clock.tick(Duration.ofHours(1));
    settle(stipend);

    assertThat(stipend.database.rows(SENT).stream().filter(row -> row.startsWith("email")).toList())
        .containsExactly(
            "email|Test Budget|80.000|raised",
            "email|Test Budget|80.000|recovered",
            "email|Test Budget|80.000|raised");
  }

  @Test
  void aHigherThresholdThatCannotBeSentSparesNobodyTheLowerOne(Stipend stipend) {
    budget(stipend, "[80,100]");
    TestServers.HTTP.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withStatus(404)));
    spend(stipend, "e1", "100");
    settle(stipend);

    assertThat(
            stipend.database.rows(
                """
                SELECT a.threshold, d.purpose, d.status
                FROM stipend.alert_deliveries d
                JOIN stipend.alert_logs a ON a.id = d.alert_id
                JOIN stipend.notification_channels c ON c.id = d.channel_id
                WHERE c.kind = 'slack_webhook'
                ORDER BY a.threshold
                """))
        .containsExactly("80.000|raised|failed", "100.000|raised|failed");
  }

  @Test
  void oneMessageToAWebhookOfACrossingOfSeveralThresholds(Stipend stipend) {
    stipend.set("hook.url", TestServers.HTTP.baseUrl() + "/hook");
    stipend.set("hook.key", StipendExtension.WEBHOOK_SECRET);
    String hook =
        stipend
            .api(
                "POST",
                "/api/channels",
                """
                {"kind":"webhook","name":"Hook","config":{"urlSecret":"RECEIVER_URL","signingSecret":"RECEIVER_KEY"}}
                """)
            .text("id");
    stipend.api(
        "POST",
        "/api/budgets",
        Usage.monthlyBudget("100")
            .replace("{", "{\"alertAt\":[50,80,100],\"channels\":[\"" + hook + "\"],"));
    spend(stipend, "e1", "100");
    settle(stipend);

    assertThat(stipend.database.rows(SENT)).containsExactly("webhook|Test Budget|100.000|raised");
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.alert_deliveries WHERE status = 'suppressed'"))
        .isEqualTo("2");
  }

  @Test
  void aHardWorkspaceBudgetAlwaysHasAThresholdAtItsLimit(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"All","scope":"workspace","limitAmount":10,"period":"monthly","hardLimit":true,"alertAt":[50,80]}
        """);
    spend(stipend, "e1", "10");
    settle(stipend);
    assertThat(stipend.database.rows(SENT))
        .containsExactly("email|All|100.000|raised", "slack_webhook|All|100.000|raised");
  }

  @Test
  void whoWasSentThatAllWorkIsRefusedIsSparedBudgetsBelowUntilItIsNotSo(Stipend stipend) {
    String all = holder.budget(stipend, "workspace", "default", "9", true);
    spend(stipend, "e1", "9");
    settle(stipend);
    holder.budget(stipend, "user", "u1", "9", false);
    settle(stipend);
    assertThat(stipend.database.rows(SENT))
        .containsExactly(
            "email|workspace default|100.000|raised",
            "slack_webhook|workspace default|100.000|raised");

    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.api("PATCH", "/api/budgets/" + all, "{\"limitAmount\":90}");
    settle(stipend);
    settle(stipend);
    assertThat(stipend.database.rows(SENT))
        .filteredOn(row -> row.startsWith("email"))
        .containsExactlyInAnyOrder(
            "email|workspace default|100.000|raised",
            "email|workspace default|100.000|recovered",
            "email|user u1|100.000|raised");
  }

  @Test
  void aChildWhoseChannelWasNotSentTheParentsRefusalIsSent(Stipend stipend) {
    stipend.set("team.hook", TestServers.HTTP.baseUrl() + "/team");
    String team =
        stipend
            .api(
                "POST",
                "/api/channels",
                "{\"kind\":\"slack_webhook\",\"name\":\"Team\",\"config\":{\"urlSecret\":\"TEAM_HOOK\"}}")
            .text("id");
    holder.budget(stipend, "workspace", "default", "9", true);
    spend(stipend, "e1", "9");
    settle(stipend);
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Team","scope":"user","scopeId":"u1","limitAmount":10,"period":"monthly","channels":["%s"]}
        """
            .formatted(team));
    settle(stipend);
    assertThat(stipend.database.rows(SENT)).contains("slack_webhook|Team|80.000|raised");
  }

  @Test
  void whatIsNoLongerRefusedButNotNoticedIsLookedAtAfterAnHour(Stipend stipend) {
    String all = holder.budget(stipend, "workspace", "default", "9", true);
    spend(stipend, "e1", "9");
    settle(stipend);
    holder.budget(stipend, "user", "u1", "9", false);
    settle(stipend);
    stipend.api("PATCH", "/api/budgets/" + all, "{\"hardLimit\":false}");
    stipend.clock.tick(Duration.ofHours(1));
    settle(stipend);
    assertThat(stipend.database.rows(SENT)).contains("email|user u1|100.000|raised");
  }

  @Test
  void aSummaryCountsOnlyAlertsThatSomebodyWasSent(Stipend stipend) {
    budget(stipend, "[50,80,100]");
    spend(stipend, "e1", "100");
    settle(stipend);
    assertThat(
            List.of(
                stipend.database.value("SELECT count(*) FROM stipend.alert_logs"),
                stipend.database.value(
                    "SELECT count(DISTINCT alert_id) FROM stipend.alert_deliveries WHERE sent_at IS"
                        + " NOT NULL OR spared_by IS NULL")))
        .containsExactly("3", "1");
  }

  private static void settle(Stipend stipend) {
    stipend.sweep();
    stipend.deliverAlerts();
  }
}
