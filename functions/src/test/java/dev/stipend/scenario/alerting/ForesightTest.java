package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Alerts for what is foreseen, driven through the functions: they come with the sweep.
@ExtendWith(StipendExtension.class)
final class ForesightTest {
  private static final Instant START = SettableClock.START;
  private static final String ALERTS =
      "SELECT type, threshold, state FROM stipend.alert_logs ORDER BY raised_at, threshold";
  private static final String LOOK_AT = "SELECT look_at FROM stipend.budget_periods";

  @Test
  void aForecastBeyondTheLimitIsToldOnceWithItsRangeAndWhenItRunsOut(Stipend stipend) {
    create(stipend, "forecast", 100);
    recordHourly(stipend, 20, "4");

    assertThat(stipend.sweep()).containsEntry("looked", 1);
    stipend.sweep();

    assertThat(stipend.database.rows(ALERTS)).containsExactly("APPROACHING_LIMIT|100.000|open");
    assertThat(
            stipend.database.value(
                """
                SELECT CAST(payload #>> '{forecast,amount}' AS numeric) > 100
                  AND CAST(payload #>> '{forecast,low}' AS numeric)
                    <= CAST(payload #>> '{forecast,amount}' AS numeric)
                  AND CAST(payload #>> '{forecast,runsOutAt}' AS timestamptz) > raised_at
                  AND CAST(payload #>> '{forecast,runsOutAt}' AS timestamptz) < period_end
                FROM stipend.alert_logs
                """))
        .isEqualTo("t");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_deliveries"))
        .isEqualTo("2");
  }

  @Test
  void aForecastUnderTheLimitIsNotTold(Stipend stipend) {
    create(stipend, "forecast", 100);
    recordHourly(stipend, 20, "1");

    assertThat(stipend.sweep()).containsEntry("looked", 1);

    assertThat(stipend.database.rows(ALERTS)).isEmpty();
  }

  @Test
  void aForecastThatFallsByTimeAloneRecovers(Stipend stipend) {
    create(stipend, "forecast", 100);
    recordHourly(stipend, 20, "4");
    stipend.sweep();

    for (int day = 1; day <= 12; day++) {
      stipend.clock.tick(Duration.ofDays(1));
      stipend.sweep();
    }

    assertThat(stipend.database.rows(ALERTS)).containsExactly("APPROACHING_LIMIT|100.000|resolved");
    assertThat(stipend.database.value(LOOK_AT)).isEqualTo("null");
  }

  @Test
  void aCounterThatNothingHappensToIsNotLookedAtAgain(Stipend stipend) {
    create(stipend, "forecast", 100);
    stipend.record(Usage.costing("e1", START, "1"));
    assertThat(stipend.database.value(LOOK_AT)).isNotEqualTo("null");

    stipend.sweep();
    stipend.clock.tick(Duration.ofMinutes(15));
    assertThat(stipend.sweep()).containsEntry("looked", 1);

    assertThat(stipend.database.value(LOOK_AT)).isEqualTo("null");
    stipend.clock.tick(Duration.ofHours(1));
    assertThat(stipend.sweep()).containsEntry("looked", 0);
    stipend.record(Usage.costing("e2", START, "1"));
    assertThat(stipend.sweep()).containsEntry("looked", 1);
  }

  @Test
  void budgetsWithoutSuchLinesAreNeverLookedAt(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));

    stipend.record(Usage.costing("e1", START, "90"));

    assertThat(stipend.database.value(LOOK_AT)).isEqualTo("null");
  }

  @Test
  void aLineThatIsAddedLaterIsLookedAtOverWhatIsSpent(Stipend stipend) {
    String id = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("200")).text("id");
    recordHourly(stipend, 20, "4");

    stipend.api(
        "PATCH", "/api/budgets/" + id, "{\"thresholds\":[{\"percent\":70,\"kind\":\"forecast\"}]}");
    stipend.sweep();

    assertThat(stipend.database.rows(ALERTS)).containsExactly("APPROACHING_LIMIT|70.000|open");
  }

  @Test
  void anUnusualHourIsToldAndWhatIsUsualAgainIsToo(Stipend stipend) {
    create(stipend, "unusual", 300);
    recordHourly(stipend, 8 * 24, "2");
    stipend.sweep();
    assertThat(stipend.database.rows(ALERTS)).isEmpty();

    stipend.record(Usage.costing("spike", stipend.clock.instant(), "30"));
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();

    assertThat(stipend.database.rows(ALERTS)).containsExactly("UNUSUAL_ACTIVITY|300.000|open");
    assertThat(
            stipend.database.value("SELECT payload #>> '{unusual,usual}' FROM stipend.alert_logs"))
        .isEqualTo("2.00");
    stipend.record(Usage.costing("usual", stipend.clock.instant(), "2"));
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    assertThat(stipend.database.rows(ALERTS)).containsExactly("UNUSUAL_ACTIVITY|300.000|resolved");
  }

  @Test
  void explainTellsHowAForecastStandsToItsLine(Stipend stipend) {
    String id = create(stipend, "forecast", 100);
    recordHourly(stipend, 20, "1");

    Answer explained = stipend.api("GET", "/api/budgets/" + id + "/explain", "");

    assertThat(explained.body()).contains("APPROACHING_LIMIT", "at the end of the period");
  }

  @Test
  void usageThatStaysAwayIsToldOnceAndThatItIsBackToo(Stipend stipend) {
    create(stipend, "stale", 300);
    recordHourly(stipend, 15 * 24, "0.1");
    stipend.sweep();
    stipend.clock.tick(Duration.ofMinutes(170));
    stipend.sweep();
    assertThat(stipend.database.rows(ALERTS)).isEmpty();

    stipend.clock.tick(Duration.ofMinutes(20));
    stipend.sweep();
    stipend.clock.tick(Duration.ofMinutes(20));
    stipend.sweep();

    assertThat(stipend.database.rows(ALERTS)).containsExactly("STALE_DATA|300.000|open");
    assertThat(
            stipend.database.value(
                "SELECT payload #>> '{stale,since}' || ' ' || reason FROM stipend.alert_logs"))
        .isEqualTo(
            "%s nothing has been spent since Mon 15 Jun 2026, 12:00 UTC, for 190 minutes; at this time of the week, gaps of up to 60 minutes are normal"
                .formatted(START));
    stipend.record(Usage.costing("back", stipend.clock.instant(), "0.1"));
    stipend.clock.tick(Duration.ofMinutes(20));
    stipend.sweep();
    assertThat(stipend.database.rows(ALERTS)).containsExactly("STALE_DATA|300.000|resolved");
  }

  @Test
  void aSilenceIsToldInThePeriodInWhichItBecameUnusualAndInNoneAfter(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        body("{\"percent\":300,\"kind\":\"stale\"}").replace("monthly", "hourly"));
    recordHourly(stipend, 15 * 24, "0.1");

    for (int quarter = 0; quarter < 24; quarter++) {
      stipend.clock.tick(Duration.ofMinutes(15));
      stipend.sweep();
    }

    assertThat(stipend.database.rows(ALERTS))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("STALE_DATA|");
  }

  @Test
  void aLineForSilenceBelowTheUsualIsRefused(Stipend stipend) {
    Answer refused =
        stipend.api("POST", "/api/budgets", body("{\"percent\":99,\"kind\":\"stale\"}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("thresholds[0].percent", "must be at least 100");
  }

  @Test
  void aLineForUnusualHoursBelowThreeTimesTheUsualIsRefused(Stipend stipend) {
    Answer refused =
        stipend.api("POST", "/api/budgets", body("{\"percent\":299,\"kind\":\"unusual\"}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("thresholds[0].percent", "must be at least 300");
  }

  private static String create(Stipend stipend, String kind, int percent) {
    Answer created =
        stipend.api(
            "POST",
            "/api/budgets",
            body("{\"percent\":%d,\"kind\":\"%s\"}".formatted(percent, kind)));
    assertThat(created.body()).contains("\"kind\":\"" + kind + "\"");
    return created.text("id");
  }

  private static String body(String threshold) {
    return """
    {"name":"ahead","scope":"workspace","limitAmount":"100","period":"monthly","thresholds":[%s]}
    """
        .formatted(threshold);
  }

  /// So many hours with an event each, the last of which is the hour before now; time goes on.
  private static void recordHourly(Stipend stipend, int hours, String cost) {
    stipend.record(
        IntStream.range(0, hours)
            .mapToObj(
                hour ->
                    Usage.costing(
                        "hour-" + hour,
                        stipend.clock.instant().minus(Duration.ofHours(hours - hour)),
                        cost))
            .toArray(String[]::new));
  }
}
