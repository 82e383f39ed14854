package dev.stipend.scenario;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.scenario.RaisedAlerts.budget;
import static dev.stipend.scenario.RaisedAlerts.refund;
import static dev.stipend.scenario.Silenced.DELIVERIES;
import static dev.stipend.scenario.Silenced.silence;
import static dev.stipend.scenario.Silenced.spend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Rule 2 when the higher line is over: it has spoken for the lower ones where people were told of
/// it, and nowhere else.
@ExtendWith(StipendExtension.class)
final class SpokenForTest {
  private static final String ALERTS =
      "SELECT threshold, state FROM stipend.alert_logs ORDER BY threshold, raised_at";
  private static final String REASONS =
      """
      SELECT d.last_error
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      WHERE a.threshold = 80 AND d.status = 'suppressed'
      """;

  private static final String TOLD =
      "SELECT threshold FROM stipend.alert_logs WHERE told_at IS NOT NULL ORDER BY threshold";

  @Test
  void whoWasToldOfTheHigherLineIsNotToldOfTheLowerOne(Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "100");
    settle(stipend);
    refund(stipend, "-10");
    settle(stipend);

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open", "100.000|resolved");
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly(
            "email|80.000|raised|suppressed",
            "email|100.000|raised|sent",
            "email|100.000|recovered|sent",
            "slack_webhook|80.000|raised|suppressed",
            "slack_webhook|100.000|raised|sent",
            "slack_webhook|100.000|recovered|sent");
    assertThat(stipend.database.rows(REASONS))
        .allSatisfy(reason -> assertThat(reason).startsWith("a higher line was told instead"));
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT payload -> 'alert' ->> 'reason' FROM stipend.alert_deliveries"
                    + " WHERE purpose = 'recovered'"))
        .containsExactly(
            "spend 90.00 is below 100 % of 100.00; the line at 80 % still holds; refund refund took"
                + " back 10.00");
  }

  @Test
  void aLineBelowOneThatNobodyWasToldOfIsToldOnceWhenTheSilenceEnds(Stipend stipend) {
    budget(stipend, "[80,100]");
    silence(stipend, "\"scope\":\"user\"", 60);
    spend(stipend, "e1", "100");
    stipend.clock.tick(Duration.ofMinutes(10));
    refund(stipend, "-10");
    settle(stipend);
    assertThat(stipend.database.rows(sent())).isEmpty();

    stipend.clock.tick(Duration.ofMinutes(50));
    settle(stipend);
    settle(stipend);
    assertThat(stipend.database.rows(sent()))
        .containsExactly("email|80.000|raised", "slack_webhook|80.000|raised");
  }

  @Test
  void aLineBelowOneThatEndsAfterASilenceOfItsOwnIsToldAtOnce(Stipend stipend) {
    String budget = budget(stipend, "[80,100]");
    silence(stipend, "\"scope\":\"user\"", 60);
    spend(stipend, "e1", "100");
    stipend.clock.tick(Duration.ofMinutes(60));
    stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":110}");
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(sent()))
        .containsExactly("email|80.000|raised", "slack_webhook|80.000|raised");
  }

  @Test
  void onlyTheChannelThatHeardNothingIsToldOfTheLowerLine(Stipend stipend) {
    budget(stipend, "[80,100]");
    String mail =
        stipend.database.value("SELECT id FROM stipend.notification_channels WHERE kind = 'email'");
    silence(stipend, "\"channelId\":\"" + mail + "\"", 60);
    spend(stipend, "e1", "100");
    settle(stipend);
    refund(stipend, "-10");
    stipend.clock.tick(Duration.ofHours(1));
    settle(stipend);

    assertThat(stipend.database.rows(sent()))
        .containsExactly(
            "email|80.000|raised",
            "slack_webhook|100.000|raised",
            "slack_webhook|100.000|recovered");
  }

  @Test
  void aLineIsToldAfterASilenceInWhichTheHigherOneEnded(Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "100");
    settle(stipend);
    silence(stipend, "\"scope\":\"user\"", 60);
    refund(stipend, "-10");
    stipend.clock.tick(Duration.ofHours(1));
    settle(stipend);

    assertThat(stipend.database.rows(sent()))
        .as("the last word must not be that the limit is exceeded")
        .containsExactly(
            "email|80.000|raised",
            "email|100.000|raised",
            "slack_webhook|80.000|raised",
            "slack_webhook|100.000|raised");
  }

  @Test
  void aSnoozeThatEndsIsToldThoughAHigherLineIsOpenThatNobodyWasToldOf(Stipend stipend) {
    budget(stipend, "[70,80,100]");
    spend(stipend, "e1", "70");
    settle(stipend);
    String alert = stipend.database.value("SELECT id FROM stipend.alert_logs");
    RaisedAlerts.act(
        stipend,
        alert,
        "snooze",
        "{\"until\":\"" + stipend.clock.instant().plus(Duration.ofHours(3)) + "\"}");
    stipend.clock.tick(Duration.ofHours(1));
    spend(stipend, "e2", "35");
    settle(stipend);
    stipend.clock.tick(Duration.ofHours(1));
    refund(stipend, "-20");
    settle(stipend);
    TestServers.HTTP.resetRequests();
    stipend.clock.tick(Duration.ofHours(1));
    settle(stipend);
    settle(stipend);

    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT payload -> 'spend' ->> 'amount' FROM stipend.alert_deliveries d"
                    + " WHERE d.alert_id = '%s'".formatted(alert)))
        .containsExactly("85.00");
  }

  @Test
  void aSummaryCountsAnUncoveredLineOnlyIfSomebodyIsToldOfIt(Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "100");
    refund(stipend, "-10");
    assertThat(stipend.database.rows(TOLD)).containsExactly("100.000");

    String day = silence(stipend, "\"scope\":\"user\"", 60).text("id");
    spend(stipend, "e2", "20");
    stipend.record(
        Usage.costing("r2", SettableClock.START, "-60")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    stipend.api("DELETE", "/api/silences/" + day, "");
    assertThat(stipend.database.rows(TOLD)).containsExactly("100.000", "100.000");
  }

  @Test
  void anAlertThatWaitedForAHigherOneIsToldIfThatOneEndsUntold(Stipend stipend) {
    budget(stipend, "[80,100]");
    silence(stipend, "\"scope\":\"user\"", 30);
    spend(stipend, "e1", "80");
    silence(stipend, "\"scope\":\"user\"", 90);
    spend(stipend, "e2", "20");
    stipend.clock.tick(Duration.ofMinutes(30));
    settle(stipend);
    assertThat(stipend.database.rows(REASONS)).containsOnly("a higher line speaks for it");

    refund(stipend, "-10");
    settle(stipend);
    assertThat(stipend.database.rows(sent())).isEmpty();
    stipend.clock.tick(Duration.ofMinutes(60));
    settle(stipend);
    settle(stipend);
    assertThat(stipend.database.rows(sent()))
        .containsExactly("email|80.000|raised", "slack_webhook|80.000|raised");
  }

  @Test
  void aLineBelowOneThatWasInhibitedIsToldWhenTheWorkspaceIsFreeAgain(Stipend stipend) {
    Holder holder = new Holder();
    String workspace = holder.budget(stipend, "workspace", "default", "9", true);
    holder.budget(stipend, "user", "u1", "9", false);
    stipend.record(Usage.costing("e1", SettableClock.START, "9"));
    refund(stipend, "-1");
    stipend.record(Usage.costing("other", SettableClock.START, "1").replace("\"u1\"", "\"u2\""));
    settle(stipend);
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.api("PATCH", "/api/budgets/" + workspace, "{\"limitAmount\":\"900\"}");
    settle(stipend);
    settle(stipend);

    assertThat(
            stipend.database.rows(
                "SELECT a.threshold, a.state, count(*) FILTER (WHERE d.status = 'sent') FROM"
                    + " stipend.alert_logs a JOIN stipend.alert_deliveries d ON d.alert_id = a.id"
                    + " WHERE a.subject = 'u1' GROUP BY 1, 2 ORDER BY 1"))
        .containsExactly("80.000|open|2", "100.000|resolved|0");
  }

  @Test
  void anUncoveredLineThatAsksForItIsRemindedOfEverywhere(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        Usage.monthlyBudget("100")
            .replace(
                "{",
                "{\"thresholds\":[{\"percent\":80,\"kind\":\"actual\",\"remindEveryHours\":1},"
                    + "{\"percent\":100,\"kind\":\"actual\"}],"));
    spend(stipend, "e1", "100");
    settle(stipend);
    refund(stipend, "-10");
    settle(stipend);
    stipend.clock.tick(Duration.ofHours(1));
    settle(stipend);

    assertThat(stipend.database.rows(sent()))
        .containsExactly(
            "email|80.000|raised",
            "email|100.000|raised",
            "email|100.000|recovered",
            "slack_webhook|80.000|raised",
            "slack_webhook|100.000|raised",
            "slack_webhook|100.000|recovered");
  }

  @Test
  void anUncoveredLineMayBeAcknowledgedAndResolvesWithoutAWord(Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "100");
    settle(stipend);
    refund(stipend, "-10");
    String alert = stipend.database.value("SELECT id FROM stipend.alert_logs WHERE threshold = 80");
    assertThat(RaisedAlerts.act(stipend, alert, "acknowledge", "{}").status()).isEqualTo(200);
    int before = stipend.database.rows(sent()).size();
    stipend.record(
        Usage.costing("r2", SettableClock.START, "-40")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    settle(stipend);

    assertThat(stipend.database.rows(ALERTS))
        .containsExactly("80.000|resolved", "100.000|resolved");
    assertThat(stipend.database.rows(sent())).hasSize(before + 2);
  }

  private static void settle(Stipend stipend) {
    stipend.sweep();
    stipend.deliverAlerts();
  }

  private static String sent() {
    return DELIVERIES
        .replace(", d.status", "")
        .replace("ORDER BY", "WHERE d.status = 'sent' ORDER BY");
  }
}
