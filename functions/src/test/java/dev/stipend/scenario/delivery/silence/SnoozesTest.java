package dev.stipend.scenario.delivery.silence;

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
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Snoozed alerts, and what people hear when the snooze ends.
@ExtendWith(StipendExtension.class)
final class SnoozesTest {
  private static final Instant START = SettableClock.START;

  @Test
  void snoozedAlertIsToldOnceMoreWhenTheSnoozeEndsAndItStillHolds(Stipend stipend) {
    String alert = raise(stipend);
    stipend.deliverAlerts();
    snooze(stipend, alert, 60);
    stipend.clock.tick(Duration.ofMinutes(59));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);

    spend(stipend, "e2", "5");
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).containsEntry("reminded", 1);
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
    assertThat(stipend.api("GET", "/api/alerts/" + alert, "").json().containsKey("snoozedUntil"))
        .isFalse();
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT payload ->> 'id' = alert_id || '.raised', payload -> 'spend' ->>"
                    + " 'amount' FROM stipend.alert_deliveries"))
        .as("another notice, with the figures of then")
        .containsExactly("f|85.00");

    stipend.clock.tick(Duration.ofHours(2));
    assertThat(stipend.sweep()).containsEntry("reminded", 0);
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
  }

  @Test
  void snoozeWithoutABodySaysWhatIsRequired(Stipend stipend) {
    Answer refused = stipend.api("POST", "/api/alerts/" + raise(stipend) + "/snooze", "");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).isEqualTo("until is required");
  }

  @Test
  void snoozedAlertThatIsOverWhenTheSnoozeEndsIsNotToldAgain(Stipend stipend) {
    String alert = raise(stipend);
    stipend.deliverAlerts();
    snooze(stipend, alert, 60);
    refund(stipend, "-50");
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(MAILS))
        .containsExactly("80.000|raised|sent", "80.000|recovered|sent");
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
  }

  @Test
  void whileAnAlertIsSnoozedNoneAsSevereIsToldAndTheHighestIsWhenItEnds(Stipend stipend) {
    budget(stipend, "[80,90,100]");
    spend(stipend, "e1", "80");
    stipend.deliverAlerts();
    snooze(stipend, alerts(stipend, "").getFirst(), 60);
    spend(stipend, "e2", "10");
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);

    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
    assertThat(stipend.database.rows(MAILS))
        .as("who was sent the higher threshold is spared the lower one")
        .containsExactly("80.000|raised|suppressed", "90.000|raised|sent");
  }

  @Test
  void higherSeverityIsToldThoughALowerOneIsSnoozedAndTheLowerOneIsNotToldAgain(Stipend stipend) {
    String alert = raise(stipend);
    stipend.deliverAlerts();
    snooze(stipend, alert, 60);
    spend(stipend, "e2", "20");
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);

    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
  }

  @Test
  void lastWordCounts(Stipend stipend) {
    String alert = raise(stipend);
    stipend.deliverAlerts();
    snooze(stipend, alert, 60);
    assertThat(act(stipend, alert, "acknowledge", "").json().containsKey("snoozedUntil")).isFalse();
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).as("acknowledged last").hasSize(1);

    assertThat(snooze(stipend, alert, 60).json().containsKey("acknowledgedBy")).isFalse();
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).as("snoozed last").hasSize(2);
  }

  @Test
  void snoozedAlertStaysSilentWhileASilenceOutlastsTheSnooze(Stipend stipend) {
    String alert = raise(stipend);
    stipend.deliverAlerts();
    snooze(stipend, alert, 60);
    stipend.api(
        "POST",
        "/api/silences",
        "{\"scope\":\"user\",\"until\":\"%s\",\"reason\":\"x\"}"
            .formatted(START.plus(Duration.ofHours(2))));
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);

    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
  }

  @Test
  void aDateIsOfTheBudgetsZoneAndMeansThroughItsEnd(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Tokyo","limitAmount":100,"period":"monthly","scope":"user","scopeId":"u1",
         "timeZone":"Asia/Tokyo"}
        """);
    spend(stipend, "e1", "80");
    String alert = stipend.database.value("SELECT id FROM stipend.alert_logs");

    Answer snoozed = act(stipend, alert, "snooze", "{\"until\":\"2026-06-16\"}");

    assertThat(snoozed.text("snoozedUntil")).as(snoozed.body()).isEqualTo("2026-06-16T15:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|until is required",
        "{\"until\":\"2001-01-01T00:00:00Z\"}|until must be in the future",
        "{\"until\":\"9001-01-01T00:00:00Z\"}|until must be within a year",
        "{\"until\":7}|until must be a date such as",
        "{\"hours\":7}|hours is not a known field"
      })
  void wrongSnoozeIsNamed(String body, String message, Stipend stipend) {
    Answer answer = act(stipend, raise(stipend), "snooze", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  private static Answer snooze(Stipend stipend, String alert, int minutes) {
    Instant until = stipend.clock.instant().plus(Duration.ofMinutes(minutes));
    Answer answer = act(stipend, alert, "snooze", "{\"until\":\"" + until + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
