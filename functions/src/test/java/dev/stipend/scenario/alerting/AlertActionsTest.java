package dev.stipend.scenario.alerting;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.scenario.alerting.RaisedAlerts.MAILS;
import static dev.stipend.scenario.alerting.RaisedAlerts.act;
import static dev.stipend.scenario.alerting.RaisedAlerts.alerts;
import static dev.stipend.scenario.alerting.RaisedAlerts.budget;
import static dev.stipend.scenario.alerting.RaisedAlerts.raise;
import static dev.stipend.scenario.alerting.RaisedAlerts.refund;
import static dev.stipend.scenario.alerting.RaisedAlerts.spend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people do about alerts, and what they hear after that.
@ExtendWith(StipendExtension.class)
final class AlertActionsTest {
  private static final Instant START = SettableClock.START;

  @Test
  void acknowledgedAlertTellsWhoAndWhen(Stipend stipend) {
    String alert = raise(stipend);

    Answer answer = act(stipend, alert, "acknowledge", "");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("acknowledgedAt")).isEqualTo(START.toString());
    assertThat(answer.text("acknowledgedBy")).startsWith("key ");
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(act(stipend, alert, "acknowledge", "{}").text("acknowledgedAt"))
        .as("the first who did")
        .isEqualTo(START.toString());
  }

  @Test
  void acknowledgedAlertIsNotSentWhereItWasNotSentYet(Stipend stipend) {
    String alert = raise(stipend);
    TestServers.HTTP.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withStatus(503)));
    stipend.deliverAlerts();

    act(stipend, alert, "acknowledge", "");
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(stipend.database.rows("SELECT status FROM stipend.alert_deliveries ORDER BY 1"))
        .containsExactly("sent", "suppressed");
  }

  /// Nobody has said anything about the new line.
  @Test
  void anEditThatEndsAnAcknowledgedAlertKeepsTheNextOneNotSilent(Stipend stipend) {
    String budget = budget(stipend, "[80,100]");
    spend(stipend, "e1", "95");
    stipend.deliverAlerts();
    act(stipend, alerts(stipend, "").getFirst(), "acknowledge", "");

    assertThat(stipend.api("PATCH", "/api/budgets/" + budget, "{\"alertAt\":[90,100]}").status())
        .isEqualTo(200);
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(MAILS)).contains("90.000|raised|sent");
  }

  @Test
  void whileAnAlertIsAcknowledgedNoneAsSevereIsTold(Stipend stipend) {
    budget(stipend, "[80,90,100]");
    spend(stipend, "e1", "80");
    String alert = alerts(stipend, "").getFirst();
    act(stipend, alert, "acknowledge", "");

    spend(stipend, "e2", "10");
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();

    assertThat(stipend.database.rows("SELECT threshold, state FROM stipend.alert_logs ORDER BY 1"))
        .containsExactly("80.000|open", "90.000|open");
    assertThat(stipend.database.rows(MAILS)).contains("90.000|raised|suppressed");
    assertThat(stipend.api("GET", "/api/alerts", "").body())
        .contains("an alert as severe is acknowledged by key ");
  }

  @Test
  void higherSeverityIsToldThoughALowerOneIsAcknowledged(Stipend stipend) {
    String alert = raise(stipend);
    act(stipend, alert, "acknowledge", "");

    spend(stipend, "e2", "20");

    assertThat(stipend.database.rows(MAILS)).contains("100.000|raised|pending");
  }

  @Test
  void recoveryOfAnAcknowledgedAlertIsTold(Stipend stipend) {
    String alert = raise(stipend);
    stipend.deliverAlerts();
    act(stipend, alert, "acknowledge", "");

    refund(stipend, "-50");
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(MAILS))
        .containsExactly("80.000|raised|sent", "80.000|recovered|sent");
  }

  @Test
  void acknowledgementEndsWithTheAlert(Stipend stipend) {
    String alert = raise(stipend);
    act(stipend, alert, "acknowledge", "");
    refund(stipend, "-50");

    spend(stipend, "e2", "50");

    assertThat(
            stipend.database.rows(
                "SELECT a.state, d.status FROM stipend.alert_logs a JOIN stipend.alert_deliveries d"
                    + " ON d.alert_id = a.id JOIN stipend.notification_channels c ON c.id ="
                    + " d.channel_id WHERE c.kind = 'email' AND d.purpose = 'raised' ORDER BY 1"))
        .containsExactly("open|pending", "resolved|suppressed");
  }

  @Test
  void alertThatAnAcknowledgementKeptSilentIsToldWhenOnlyTheAcknowledgedOneIsOver(Stipend stipend) {
    String budget = budget(stipend, "[80,90,100]");
    spend(stipend, "e1", "80");
    act(stipend, alerts(stipend, "").getFirst(), "acknowledge", "");
    spend(stipend, "e2", "10");
    stipend.database.execute(
        "DELETE FROM stipend.budget_thresholds WHERE percent = 80 AND budget_id = '%s'"
            .formatted(budget));

    stipend.database.execute("UPDATE stipend.budget_periods SET dirty = TRUE");

    assertThat(stipend.sweep()).containsEntry("reminded", 1);

    assertThat(stipend.database.rows(MAILS)).contains("90.000|raised|pending");
  }

  @Test
  void resendSendsWhatWasSentOrFailedAgain(Stipend stipend) {
    String alert = raise(stipend);
    TestServers.HTTP.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withStatus(404)));
    stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofHours(30));
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/slack")).willReturn(aResponse().withStatus(200).withBody("ok")));

    Answer answer = act(stipend, alert, "resend", "");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"pending\",\"attempts\":0");
    assertThat(stipend.deliverAlerts()).isEqualTo(2);
    assertThat(TestServers.MAIL.getReceivedMessages())
        .as("raised, that Slack could not be told, and raised again")
        .hasSize(3);
    assertThat(
            stipend.database.rows("SELECT DISTINCT status, attempts FROM stipend.alert_deliveries"))
        .containsExactly("sent|1");
  }

  @Test
  void resendOfWhatIsOnItsWayIsAConflict(Stipend stipend) {
    String alert = raise(stipend);

    Answer answer = act(stipend, alert, "resend", "");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("detail")).contains("Nothing can be sent again");
  }

  @Test
  void repeatedResendIsDoneOnce(Stipend stipend) {
    String alert = raise(stipend);
    stipend.deliverAlerts();
    Map<String, String> once = Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", "r-1");

    stipend.api("POST", "/api/alerts/" + alert + "/resend", "", once);
    stipend.deliverAlerts();
    Answer again = stipend.api("POST", "/api/alerts/" + alert + "/resend", "", once);
    stipend.deliverAlerts();

    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "snooze"})
  void reactionToAnAlertThatIsOverIsAConflict(String action, Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "120");
    String body = action.equals("snooze") ? until(60) : "";
    refund(stipend, "-100");
    String over = alerts(stipend, "?type=LIMIT_EXCEEDED").getFirst();
    Answer answer = act(stipend, over, action, body);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("detail")).contains("resolved");
  }

  @Test
  void alertIsShownWithItsDeliveriesAndWhatWasSaid(Stipend stipend) {
    String alert = raise(stipend);

    Answer shown = stipend.api("GET", "/api/alerts/" + alert, "");

    assertThat(shown.json().get("snapshot"))
        .isInstanceOf(Map.class)
        .extracting("id", "spend.amount")
        .containsExactly(alert + ".raised", "80.00");
    assertThat((List<?>) shown.json().get("deliveries")).hasSize(2);
  }

  @Test
  void listIsFilteredByBudgetStateAndType(Stipend stipend) {
    String budget = budget(stipend, "[80,100]");
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "120");

    assertThat(alerts(stipend, "")).hasSize(4);
    assertThat(alerts(stipend, "?budgetId=" + budget)).hasSize(2);
    assertThat(alerts(stipend, "?budgetId=" + budget + "&state=open")).hasSize(2);
    assertThat(alerts(stipend, "?type=LIMIT_WARNING&state=open")).hasSize(2);
    assertThat(alerts(stipend, "?type=LIMIT_WARNING&state=ended")).isEmpty();
    assertThat(stipend.api("GET", "/api/alerts?state=loud", "").text("detail"))
        .contains("state must be one of ended, open, resolved");
    assertThat(stipend.api("GET", "/api/alerts?type=loud", "").status()).isEqualTo(400);
  }

  @Test
  void alertsOfAnotherWorkspaceAreNotThereAndOnlyAdminsReact(Stipend stipend) {
    String path = "/api/alerts/" + raise(stipend);
    Map<String, String> other = Tenant.key(stipend, "admin", "other");
    Map<String, String> ingest = Tenant.key(stipend, "ingest", "default");

    assertThat(stipend.api("GET", path, "", other).status()).isEqualTo(404);
    assertThat(stipend.api("GET", path, "", ingest).status()).isEqualTo(200);
    for (String action : List.of("/acknowledge", "/resend", "/snooze")) {
      String body = action.equals("/snooze") ? until(60) : "";
      assertThat(stipend.api("POST", path + action, body, other).status()).isEqualTo(404);
      assertThat(stipend.api("POST", path + action, body, ingest).status()).isEqualTo(403);
    }
    assertThat(stipend.api("GET", path, "").json().containsKey("acknowledgedBy")).isFalse();
    assertThat(stipend.api("POST", "/api/alerts/none/acknowledge", "").status()).isEqualTo(404);
  }

  private static String until(int minutes) {
    return "{\"until\":\"" + START.plus(Duration.ofMinutes(minutes)) + "\"}";
  }
}
