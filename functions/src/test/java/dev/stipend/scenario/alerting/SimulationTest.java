package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a budget would have done.
@ExtendWith(StipendExtension.class)
class SimulationTest {
  private static final Instant START = SettableClock.START;

  @Test
  void whatIsNotSavedNeedsNoName(Stipend stipend) {
    String body = Usage.monthlyBudget("100").replace("\"name\":\"Test Budget\",", "");

    assertThat(simulate(stipend, body).status()).isEqualTo(200);
    assertThat(stipend.api("POST", "/api/budgets", body).body()).contains("name is required");
  }

  @Test
  void eachPeriodIsReplayedNewestFirst(Stipend stipend) {
    stipend.record(
        Usage.costing("j1", Instant.parse("2026-06-02T10:00:00Z"), "50"),
        Usage.costing("j2", Instant.parse("2026-06-03T10:00:00Z"), "35"),
        Usage.costing("m1", Instant.parse("2026-05-20T10:00:00Z"), "120"));

    Answer simulated = simulate(stipend, Usage.monthlyBudget("100"));

    assertThat(simulated.status()).isEqualTo(200);
    List<Map<?, ?>> periods = periods(simulated);
    assertThat(periods)
        .extracting(
            period ->
                period.get("start")
                    + " "
                    + period.get("spend")
                    + " "
                    + period.get("percentUsed")
                    + " "
                    + period.get("complete"))
        .containsExactly(
            "2026-06-01T00:00:00Z 85.00 85.0 false",
            "2026-05-01T00:00:00Z 120.00 120.0 true",
            "2026-04-01T00:00:00Z 0.00 0.0 true",
            "2026-03-01T00:00:00Z 0.00 0.0 true",
            "2026-02-01T00:00:00Z 0.00 0.0 true",
            "2026-01-01T00:00:00Z 0.00 0.0 true");
    assertThat(String.valueOf(periods.getFirst().get("alerts")))
        .isEqualTo(
            "[{type=LIMIT_WARNING, threshold=80, severity=warning, at=2026-06-03T10:00:00Z,"
                + " spend=85.00, state=raised}]");
    assertThat(String.valueOf(periods.get(1).get("alerts")))
        .contains(
            "threshold=80, severity=warning, at=2026-05-20T10:00:00Z, spend=120.00,"
                + " state=superseded")
        .contains(
            "threshold=100, severity=critical, at=2026-05-20T10:00:00Z, spend=120.00,"
                + " state=raised");
    assertThat(periods.getFirst().get("denials")).isNull();
  }

  @Test
  void nothingIsSaved(Stipend stipend) {
    stipend.record(Usage.costing("e1", START, "120"));

    simulate(stipend, Usage.monthlyBudget("100"));
    stipend.sweep();

    assertThat(stipend.api("GET", "/api/budgets", "").items()).isEmpty();
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_logs")).isEqualTo("0");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.audit_logs")).isEqualTo("0");
  }

  @Test
  void hardLimitRefusesWhatWouldHaveBrokenItAndOnlyThat(Stipend stipend) {
    stipend.record(
        Usage.costing("e1", START.minusSeconds(50), "60"),
        Usage.costing("e2", START.minusSeconds(40), "50"),
        Usage.costing("e3", START.minusSeconds(30), "40"),
        Usage.costing("e4", START.minusSeconds(20), "1"),
        Usage.costing("r1", START.minusSeconds(10), "-5")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""),
        Usage.costing("e5", START, "5"));

    Map<?, ?> june = periods(simulate(stipend, hard(Usage.monthlyBudget("100"), 1))).getFirst();

    assertThat(june.get("spend")).isEqualTo("151.00");
    assertThat(june.get("requests")).hasToString("5");
    assertThat(june.get("denials"))
        .hasToString("{count=2, amount=51.00, firstAt=2026-06-15T11:59:20Z, admittedSpend=100.00}");
    assertThat(String.valueOf(june.get("alerts")))
        .contains("threshold=80, severity=warning, at=2026-06-15T11:59:30Z, spend=100.00")
        .contains("threshold=100, severity=critical, at=2026-06-15T11:59:30Z, spend=100.00");
  }

  @Test
  void budgetOverEachTellsTheGreatestSubjectsAndCountsAll(Stipend stipend) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      events.add(
          Usage.costing("e" + i, START, i == 7 ? "9" : "1." + (10 + i))
              .replace("\"a1\"", "\"a" + i + "\""));
    }
    stipend.record(events.toArray(String[]::new));

    Map<?, ?> june =
        periods(
                simulate(
                    stipend,
                    "{\"name\":\"Each\",\"limitAmount\":10,\"period\":\"monthly\",\"scope\":\"agent\",\"scopeId\":\"*\",\"periods\":1}"))
            .getFirst();

    Map<?, ?> subjects = (Map<?, ?>) Objects.requireNonNull(june.get("subjects"));
    List<?> top = (List<?>) Objects.requireNonNull(subjects.get("top"));
    assertThat(subjects.get("count")).hasToString("30");
    assertThat(subjects.get("alerting")).hasToString("1");
    assertThat(top).hasSize(20);
    assertThat(top.getFirst().toString())
        .startsWith("{subject=a7, spend=9.00, percentUsed=90.0, requests=1")
        .contains("threshold=80");
    assertThat(top.get(1).toString()).startsWith("{subject=a29, spend=1.39");
    assertThat(june.get("requests")).hasToString("30");
  }

  @Test
  void periodThatTheLedgerNoLongerHoldsIsUnknownAndNotZero(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_archives (month, part, rows, costs, location, format, archived_at, dropped_at)
        VALUES ('2026-04-01', 1, 0, '{}', '', 'none', now(), now())
        """);
    stipend.record(Usage.costing("e1", Instant.parse("2026-05-20T10:00:00Z"), "1"));

    List<Map<?, ?>> periods = periods(simulate(stipend, Usage.monthlyBudget("100")));

    assertThat(periods)
        .extracting(period -> period.get("known") + " " + period.get("spend"))
        .containsExactly(
            "true 0.00", "true 1.00", "false null", "false null", "false null", "false null");
    assertThat(String.valueOf(periods.get(2).get("reason"))).contains("2026-05-01");
  }

  @Test
  void labelsAndTotalPeriodsAreReplayedToo(Stipend stipend) {
    stipend.record(
        Usage.costing("e1", START, "4").replace("\"cost\"", "\"tags\":{\"env\":\"prod\"},\"cost\""),
        Usage.costing("e2", START, "8"));

    Answer simulated =
        simulate(
            stipend,
            """
            {"name":"T","limitAmount":"5","period":"total","scope":"tag","scopeId":"env=prod","startsAt":"2026-06-01T00:00:00Z"}
            """);

    assertThat(periods(simulated)).hasSize(1);
    assertThat(periods(simulated).getFirst().get("spend")).isEqualTo("4.00");
  }

  /// The counters of a budget that is made afterwards hold what the simulation told.
  @Test
  void simulationAgreesWithTheBudgetThatIsThenCreated(Stipend stipend) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(Usage.costing("e" + i, START.minusSeconds(i * 3600L), "0." + (10 + i % 80)));
    }
    stipend.record(events.toArray(String[]::new));
    String body =
        "{\"name\":\"D\",\"limitAmount\":5,\"period\":\"daily\",\"timeZone\":\"America/Sao_Paulo\",\"scope\":\"user\",\"scopeId\":\"u1\"}";

    List<Map<?, ?>> periods =
        periods(simulate(stipend, body.replace("\"name\"", "\"periods\":8,\"name\"")));
    stipend.api("POST", "/api/budgets", body);

    assertThat(
            periods.stream()
                .map(period -> period.get("spend") + "|" + period.get("requests"))
                .toList())
        .isEqualTo(
            stipend.database.rows(
                """
                SELECT CAST(spend AS numeric(9, 2)), requests
                FROM stipend.budget_periods
                ORDER BY period_start DESC
                LIMIT 8
                """));
  }

  @Test
  void keyThatMayOnlyReadMayAsk(Stipend stipend) {
    stipend.database.execute("UPDATE stipend.api_keys SET role = 'read' WHERE user_id = 'u1'");
    try {
      assertThat(simulate(stipend, Usage.monthlyBudget("100")).status()).isEqualTo(200);
      assertThat(stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1")).status())
          .isEqualTo(403);
    } finally {
      stipend.database.execute("UPDATE stipend.api_keys SET role = 'admin' WHERE user_id = 'u1'");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, periods", "25, periods", "1.5, periods", "\"x\", periods"})
  void wrongNumberOfPeriodsIsNamed(String periods, String field, Stipend stipend) {
    Answer refused =
        simulate(
            stipend,
            Usage.monthlyBudget("100")
                .replace("\"name\"", "\"periods\":%s,\"name\"".formatted(periods)));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("errors")).contains("field=" + field + ",");
  }

  private static String hard(String body, int periods) {
    return body.replace(
        "\"name\"", "\"hardLimit\":true,\"periods\":%d,\"name\"".formatted(periods));
  }

  private static Answer simulate(Stipend stipend, String body) {
    return stipend.api("POST", "/api/budgets/simulate", body);
  }

  private static List<Map<?, ?>> periods(Answer simulated) {
    List<?> periods = (List<?>) Objects.requireNonNull(simulated.json().get("periods"));
    return periods.stream().<Map<?, ?>>map(period -> (Map<?, ?>) period).toList();
  }
}
