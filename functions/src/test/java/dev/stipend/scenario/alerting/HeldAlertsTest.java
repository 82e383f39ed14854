package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A threshold that is crossed again and again: its alerts are delayed, never forgotten.
@ExtendWith(StipendExtension.class)
final class HeldAlertsTest {
  private static final Instant START = SettableClock.START;
  private static final String SENT =
      """
      SELECT d.purpose, a.threshold
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.kind = 'slack_webhook' AND d.sent_at IS NOT NULL
      ORDER BY d.sent_at, d.purpose DESC
      """;

  @Test
  void theFourthCrossingWithinAnHourIsToldWhenTheHourIsOver(Stipend stipend) {
    String budget = teeter(stipend, 4, true);
    assertThat(raised(stipend)).hasSize(3);
    Answer explained = stipend.api("GET", "/api/budgets/" + budget + "/explain", "");
    assertThat(explained.body())
        .contains("\"outcome\":\"held_back\"", "\"nextLookAt\":\"2026-06-15T13:00:00Z\"");
    assertThat(stipend.api("GET", "/api/alerts?state=open", "").body())
        .contains("\"heldUntil\":\"2026-06-15T13:00:00Z\"", "held back until");

    stipend.clock.set(START.plus(Duration.ofHours(1)));
    settle(stipend);
    settle(stipend);
    assertThat(raised(stipend)).hasSize(4);
    assertThat(
            stipend.database.value(
                "SELECT payload #>> '{alert,reason}' FROM stipend.alert_deliveries WHERE sent_at ="
                    + " '2026-06-15T13:00:00Z' LIMIT 1"))
        .startsWith("still open, and not sent until now; raised Mon 15 Jun 2026, 12:30 UTC: spend");
  }

  @Test
  void whatOpenedAndWasOverMeanwhileIsNamedInTheNextMessage(Stipend stipend) {
    teeter(stipend, 5, false);
    assertThat(raised(stipend)).hasSize(3);

    stipend.clock.set(START.plus(Duration.ofHours(2)));
    stipend.record(Usage.costing("again", START, "80"));
    settle(stipend);
    assertThat(raised(stipend)).hasSize(4);
    assertThat(
            stipend.database.value(
                "SELECT jsonb_array_length(payload -> 'missed') FROM stipend.alert_logs ORDER BY"
                    + " raised_at DESC LIMIT 1"))
        .isEqualTo("2");
  }

  @Test
  void aLimitThatIsReachedAndRaisedFiveTimesIsToldFiveTimes(Stipend stipend) {
    String budget = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10")).text("id");
    for (int i = 1; i <= 5; i++) {
      stipend.record(Usage.costing("e" + i, START, "10"));
      settle(stipend);
      stipend.clock.tick(Duration.ofMinutes(1));
      stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":" + 10 * (i + 1) * 2 + "}");
      settle(stipend);
      stipend.clock.tick(Duration.ofMinutes(1));
      stipend.record(Usage.costing("f" + i, START, String.valueOf(10 * (i + 1) * 2 - 20 * i)));
      settle(stipend);
      stipend.clock.tick(Duration.ofMinutes(1));
      stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":" + 10 * (i + 1) * 4 + "}");
      settle(stipend);
      stipend.record(
          Usage.costing("r" + i, START, "-10")
              .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
      stipend.clock.tick(Duration.ofMinutes(1));
      stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":" + 20 * (i + 1) + "}");
      settle(stipend);
    }
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.alert_logs WHERE held_until IS NOT NULL"))
        .isEqualTo("0");
    assertThat(raised(stipend)).hasSizeGreaterThan(5);
  }

  @Test
  void anAlertThatIsHeldBackAtTheEndOfItsPeriodIsToldAllTheSame(Stipend stipend) {
    stipend.clock.set(Instant.parse("2026-06-15T23:25:00Z"));
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100").replace("monthly", "daily"));
    for (int i = 0; i < 4; i++) {
      stipend.record(Usage.costing("e" + i, stipend.clock.instant(), "80"));
      settle(stipend);
      stipend.clock.tick(Duration.ofMinutes(4));
      if (i < 3) {
        stipend.record(
            Usage.costing("r" + i, stipend.clock.instant(), "-80")
                .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
        settle(stipend);
        stipend.clock.tick(Duration.ofMinutes(4));
      }
    }
    stipend.clock.set(Instant.parse("2026-06-16T00:10:00Z"));
    settle(stipend);
    assertThat(raised(stipend)).hasSize(3);
    stipend.clock.set(Instant.parse("2026-06-16T00:30:00Z"));
    settle(stipend);
    settle(stipend);
    assertThat(raised(stipend)).hasSize(4);
    assertThat(
            stipend.database.value(
                "SELECT payload #>> '{alert,reason}' FROM stipend.alert_deliveries ORDER BY sent_at"
                    + " DESC NULLS LAST LIMIT 1"))
        .startsWith("open until the period ended, and not sent until now;");
  }

  private static String teeter(Stipend stipend, int times, boolean staysOpen) {
    String budget = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");
    for (int i = 0; i < times; i++) {
      stipend.clock.set(START.plus(Duration.ofMinutes(10L * i)));
      stipend.record(Usage.costing("e" + i, START, "80"));
      settle(stipend);
      if (!staysOpen || i < times - 1) {
        stipend.clock.tick(Duration.ofMinutes(5));
        stipend.record(
            Usage.costing("r" + i, START, "-80")
                .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
        settle(stipend);
      }
    }
    return budget;
  }

  private static List<String> raised(Stipend stipend) {
    return stipend.database.rows(SENT).stream().filter(row -> row.startsWith("raised")).toList();
  }

  private static void settle(Stipend stipend) {
    stipend.sweep();
    stipend.deliverAlerts();
  }
}
