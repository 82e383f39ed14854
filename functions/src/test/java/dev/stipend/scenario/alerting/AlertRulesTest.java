package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of alerts, driven through the functions.
@ExtendWith(StipendExtension.class)
class AlertRulesTest {
  private static final Instant START = SettableClock.START;

  private static final String ALERTS =
      "SELECT threshold, state FROM stipend.alert_logs ORDER BY raised_at, threshold, id";
  private static final String DELIVERIES =
      """
      SELECT a.threshold, d.purpose
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.kind = 'slack_webhook' AND d.sent_at IS NOT NULL
      ORDER BY d.created_at, d.purpose, a.threshold
      """;

  /// What Slack was sent.
  private static List<String> sent(Stipend stipend) {
    stipend.deliverAlerts();
    return stipend.database.rows(DELIVERIES);
  }

  @Test
  void crossingTwoThresholdsAtOnceSendsOnlyTheHighest(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "10"));
    stipend.record(Usage.costing("e2", START, "120"));
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open", "100.000|open");
    assertThat(sent(stipend)).containsExactly("100.000|raised");
  }

  @Test
  void eightyThenHundredOnTheSameDayAreTwoAlerts(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "80"));
    sent(stipend);
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(Usage.costing("e2", START, "20"));
    assertThat(sent(stipend)).containsExactly("80.000|raised", "100.000|raised");
    assertThat(
            stipend.database.rows(
                "SELECT payload -> 'since' ->> 'raisedAt', payload -> 'since' ->> 'change'"
                    + " FROM stipend.alert_logs ORDER BY threshold"))
        .containsExactly("null|null", START + "|20.00");
  }

  @Test
  void exactlyAtTheLineCountsAndABillionthBelowDoesNot(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "79.999999999999"));
    assertThat(stipend.database.rows(ALERTS)).isEmpty();
    stipend.record(Usage.costing("e2", START, "0.000000000001"));
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open");
  }

  @Test
  void aBudgetCreatedOverExistingSpendFiresOnceForTheHighestLine(Stipend stipend) {
    stipend.record(Usage.costing("e1", START.minus(Duration.ofDays(3)), "150"));
    Requests.Answer created = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    assertThat(created.text("currentSpend")).isEqualTo("150.00");
    assertThat(sent(stipend)).containsExactly("100.000|raised");
  }

  @Test
  void aRefundBelowTheLineResolvesAndTellsTheSamePlace(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(refund("r1", "-10"));
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|resolved");
    assertThat(sent(stipend)).containsExactly("80.000|raised", "80.000|recovered");
  }

  @Test
  void aRefundThatResolvesIsNamed(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(
        refund("other-user", "-50").replace("\"u1\"", "\"u2\""),
        refund("small", "-1"),
        refund("r1", "-10").replace("\"cost\"", "\"corrects\":\"e1\",\"cost\""));
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT payload -> 'alert' ->> 'reason' FROM stipend.alert_deliveries"
                    + " WHERE purpose = 'recovered'"))
        .containsExactly("spend $74.00 is below 80 % of $100.00; refund r1 took back $10.00 of e1");
    assertThat(stipend.database.value("SELECT resolved_reason FROM stipend.alert_logs"))
        .isEqualTo("spend $74.00 is below 80 % of $100.00; refund r1 took back $10.00 of e1");
  }

  @Test
  void aLimitThatIsRaisedNamesNoRefund(Stipend stipend) {
    String id = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");
    stipend.record(Usage.costing("e1", START, "86"), refund("r1", "-1"));
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.api("PATCH", "/api/budgets/" + id, "{\"limitAmount\":200}");
    assertThat(stipend.database.value("SELECT resolved_reason FROM stipend.alert_logs"))
        .isEqualTo("spend $85.00 is below 80 % of $200.00");
  }

  @Test
  void aNewPeriodStartsFromNothingAndEndsTheOldAlerts(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "90"));
    stipend.clock.set(Instant.parse("2026-07-01T00:00:00Z"));
    assertThat(stipend.sweep()).containsEntry("rolledOver", 1);
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|ended");
    assertThat(sent(stipend)).containsExactly("80.000|raised");
    assertThat(
            stipend.database.rows(
                "SELECT spend, closed_at IS NULL FROM stipend.budget_periods ORDER BY"
                    + " period_start"))
        .containsExactly("90.000000000000|f", "0.000000000000|t");
    stipend.record(Usage.costing("e2", stipend.clock.instant(), "80"));
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|ended", "80.000|open");
  }

  @Test
  void aPeriodThatIsAboveTheLineAtItsFirstEvaluationFires(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.clock.set(Instant.parse("2026-07-02T00:00:00Z"));
    stipend.record(Usage.costing("e1", Instant.parse("2026-07-01T00:00:00Z"), "80"));
    assertThat(sent(stipend)).containsExactly("80.000|raised");
  }

  /// Nobody swept for three days, and what agents sent meanwhile waits on the queue.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterAnOutageOfThreePeriodsEachIsToldOnce(boolean swept, Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100").replace("monthly", "daily"));
    stipend.record(Usage.costing("before", stipend.clock.instant(), "85"));
    assertThat(sent(stipend)).containsExactly("80.000|raised");

    Instant now = stipend.clock.instant().plus(Duration.ofDays(4));
    stipend.clock.set(now);
    if (swept) {
      stipend.sweep();
    }
    for (int day = 3; day >= 0; day--) {
      stipend.record(Usage.costing("day-" + day, now.minus(Duration.ofDays(day)), "200"));
    }
    stipend.sweep();
    stipend.sweep();

    assertThat(
            stipend.database.rows(
                "SELECT type, state, period_start AT TIME ZONE 'UTC' FROM stipend.alert_logs ORDER"
                    + " BY raised_at, threshold, period_start"))
        .containsExactly(
            "LIMIT_WARNING|ended|2026-06-15 00:00:00",
            "RESTATED|open|2026-06-16 00:00:00",
            "RESTATED|open|2026-06-17 00:00:00",
            "RESTATED|open|2026-06-18 00:00:00",
            "LIMIT_WARNING|open|2026-06-19 00:00:00",
            "RESTATED|open|2026-06-16 00:00:00",
            "RESTATED|open|2026-06-17 00:00:00",
            "RESTATED|open|2026-06-18 00:00:00",
            "LIMIT_EXCEEDED|open|2026-06-19 00:00:00");
    assertThat(sent(stipend))
        .containsExactly(
            "80.000|raised",
            "100.000|raised",
            "100.000|raised",
            "100.000|raised",
            "100.000|raised");
  }

  @Test
  void aBudgetOverEachCountsAndAlertsEachApart(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Each agent","limitAmount":"10","period":"daily","scope":"agent","scopeId":"*"}\
        """);
    stipend.record(
        agentEvent("e1", "alpha", "9"),
        agentEvent("e2", "beta", "3"),
        agentEvent("e3", "beta", "4"));
    assertThat(
            stipend.database.rows(
                "SELECT subject, spend FROM stipend.budget_periods ORDER BY subject"))
        .containsExactly("alpha|9.000000000000", "beta|7.000000000000");
    assertThat(stipend.database.rows("SELECT subject, threshold FROM stipend.alert_logs"))
        .containsExactly("alpha|80.000");
  }

  @Test
  void aLimitOfZeroIsExceededByAnyPositiveSpend(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("0"));
    stipend.record(Usage.costing("e1", START, "0"));
    assertThat(stipend.database.rows(ALERTS)).isEmpty();
    stipend.record(Usage.costing("e2", START, "0.000000000001"));
    assertThat(sent(stipend)).isEqualTo(List.of("100.000|raised"));
  }

  @Test
  void aLateEventThatLiftsAClosedPeriodOverALineRestatesItOnce(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "98"));
    stipend.clock.set(Instant.parse("2026-07-02T00:00:00Z"));
    stipend.sweep();
    Instant inJune = Instant.parse("2026-06-30T12:00:00Z");
    stipend.record(Usage.costing("late-1", inJune, "1"));
    stipend.record(Usage.costing("late-2", inJune, "4"));
    stipend.record(Usage.costing("late-3", inJune, "5"));
    assertThat(
            stipend.database.rows(
                "SELECT type, threshold, state, period_start < '2026-07-01' FROM stipend.alert_logs"
                    + " ORDER BY raised_at, threshold"))
        .containsExactly("LIMIT_WARNING|80.000|ended|t", "RESTATED|100.000|open|t");
    assertThat(
            stipend.database.value("SELECT reason FROM stipend.alert_logs WHERE type = 'RESTATED'"))
        .startsWith("the period ended at 103 % of $100.00, not at 98 %");
    assertThat(sent(stipend)).containsExactly("80.000|raised", "100.000|raised");
  }

  @Test
  void aRefundOfAClosedPeriodTakesItsRestatementBack(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "10"));
    stipend.clock.set(Instant.parse("2026-07-02T00:00:00Z"));
    stipend.sweep();
    stipend.record(Usage.costing("late", START, "95"));
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(refund("r1", "-20"));
    assertThat(
            stipend.database.rows(
                "SELECT type, threshold, state FROM stipend.alert_logs ORDER BY threshold"))
        .containsExactly("RESTATED|80.000|open", "RESTATED|100.000|resolved");
  }

  private static String agentEvent(String id, String agent, String cost) {
    return Usage.costing(id, START, cost).replace("\"a1\"", "\"" + agent + "\"");
  }

  private static String refund(String id, String cost) {
    return Usage.costing(id, START, cost).replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\"");
  }
}
