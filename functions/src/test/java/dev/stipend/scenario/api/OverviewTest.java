package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A workspace at a glance: the month, budgets by state, alerts.
@ExtendWith(StipendExtension.class)
final class OverviewTest {
  private static final Instant NOW = SettableClock.START;

  private final Stipend stipend;
  private int events;

  OverviewTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void anEmptyWorkspaceHasNothingToShow() {
    Map<?, ?> overview = overview();
    assertThat(month(overview).get("spend")).isEqualTo("0.00");
    assertThat(month(overview).containsKey("forecast")).isFalse();
    assertThat(number(overview, "budgets", "total")).isZero();
    assertThat(overview.get("attention")).isEqualTo(List.of());
    assertThat(overview.containsKey("dataAsOf")).isFalse();
  }

  @Test
  void theMonthIsComparedWithTheSamePointOfTheLastOne() {
    spend("3", NOW.minus(Duration.ofDays(2)));
    spend("1", NOW.minus(Duration.ofMinutes(1)));
    spend("5", Instant.parse("2026-05-10T00:00:00Z"));
    spend("7", Instant.parse("2026-05-15T11:45:00Z"));
    spend("11", Instant.parse("2026-05-15T12:00:00Z"));
    spend("13", Instant.parse("2026-05-31T23:59:59Z"));
    spend("17", Instant.parse("2026-04-30T23:59:59Z"));

    Map<?, ?> month = month(overview());

    assertThat(month.get("start")).isEqualTo("2026-06-01T00:00:00Z");
    assertThat(month.get("end")).isEqualTo("2026-07-01T00:00:00Z");
    assertThat(month.get("spend")).isEqualTo("4.00");
    assertThat(month.get("samePointLastMonth")).isEqualTo("12.00");
    assertThat(month.get("lastMonth")).isEqualTo("36.00");
    List<?> days = (List<?>) Objects.requireNonNull(month.get("days"));
    assertThat(days).hasSize(31);
    assertThat(days.get(12))
        .isEqualTo(Map.of("date", "2026-06-13", "spend", "3.00", "lastMonth", "0.00"));
    assertThat(days.get(14))
        .isEqualTo(Map.of("date", "2026-06-15", "spend", "1.00", "lastMonth", "18.00"));
    assertThat(days.get(15)).isEqualTo(Map.of("date", "2026-06-16", "lastMonth", "0.00"));
    assertThat(days.get(30)).isEqualTo(Map.of("lastMonth", "13.00"));
  }

  @Test
  void theMonthIsThatOfTheWorkspacesZone() {
    stipend.database.execute(
        "UPDATE stipend.workspaces SET time_zone = 'Asia/Kathmandu' WHERE slug = 'default'");
    spend("2", Instant.parse("2026-05-31T18:15:00Z"));
    spend("4", Instant.parse("2026-05-31T18:14:59Z"));
    Map<?, ?> month = month(overview());
    assertThat(month.get("spend")).isEqualTo("2.00");
    assertThat(month.get("lastMonth")).isEqualTo("4.00");
    assertThat(month.get("timeZone")).isEqualTo("Asia/Kathmandu");
  }

  @Test
  void aMonthWithEnoughBehindItHasAForecast() {
    for (int day = 1; day <= 20; day++) {
      for (int part = 0; part < 3; part++) {
        spend("1", NOW.minus(Duration.ofDays(day)).plus(Duration.ofHours(part)));
      }
    }
    Map<?, ?> forecast = (Map<?, ?>) Objects.requireNonNull(month(overview()).get("forecast"));
    assertThat(Double.parseDouble(String.valueOf(forecast.get("amount")))).isBetween(60.0, 130.0);
  }

  @Test
  void everyBudgetIsInItsWorstState() {
    budget("fine", "10", "");
    budget("risk", "10", "");
    budget("over", "10", "");
    budget("refusing", "10", ",\"hardLimit\":true");
    budget("zero", "0", ",\"hardLimit\":true");
    budget(
        "later",
        "10",
        ",\"period\":\"total\",\"startsAt\":\"2026-07-01T00:00:00Z\",\"hardLimit\":true");
    String paused = budget("paused", "10", "");
    stipend.api("PATCH", "/api/budgets/" + paused, "{\"status\":\"paused\"}");
    spendOf("fine", "1");
    spendOf("risk", "8.5");
    spendOf("over", "12");
    spendOf("refusing", "10");
    spendOf("paused", "20");
    stipend.sweep();

    Map<?, ?> overview = overview();

    assertThat(String.valueOf(overview.get("budgets")))
        .isEqualTo("{total=7, ok=1, atRisk=1, stale=0, over=1, refusing=2, paused=1, idle=1}");
    List<?> attention = (List<?>) overview.get("attention");
    assertThat(attention)
        .map(each -> ((Map<?, ?>) each).get("budgetName") + " " + ((Map<?, ?>) each).get("state"))
        .containsExactly("refusing refusing", "zero refusing", "over over", "risk at_risk");
    assertThat(number(overview, "alerts", "open")).isPositive();
    assertThat(overview.get("dataAsOf")).isNotNull();
  }

  @Test
  void aBudgetOverEachUserStandsAsTheOneThatIsClosestToTheLimit() {
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"each\",\"limitAmount\":10,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"*\"}");
    spendOf("ana", "1");
    spendOf("bea", "11");
    spendOf("cy", "2");

    Map<?, ?> first =
        (Map<?, ?>) ((List<?>) Objects.requireNonNull(overview().get("attention"))).getFirst();

    assertThat(first.get("subject")).isEqualTo("bea");
    assertThat(first.get("spend")).isEqualTo("11.00");
    assertThat(String.valueOf(first.get("percentUsed"))).startsWith("110");
  }

  @Test
  void aHigherLimitForATimeCounts() {
    String id = budget("raised", "10", ",\"hardLimit\":true");
    spendOf("raised", "10");
    assertThat(number(overview(), "budgets", "refusing")).isEqualTo(1);
    stipend.api(
        "POST",
        "/api/budgets/" + id + "/increase",
        "{\"limitAmount\":20,\"until\":\"2026-06-20T00:00:00Z\",\"reason\":\"launch\"}");
    assertThat(number(overview(), "budgets", "refusing")).isZero();
  }

  @Test
  void nothingOfAnotherWorkspaceIsCounted() {
    budget("mine", "1", "");
    spendOf("mine", "5");
    Answer other =
        stipend.api("GET", "/api/overview", "", Tenant.key(stipend, "read", "elsewhere"));
    assertThat(other.status()).isEqualTo(200);
    assertThat(number(other.json(), "budgets", "total")).isZero();
    assertThat(month(other.json()).get("spend")).isEqualTo("0.00");
  }

  private Map<?, ?> overview() {
    Answer answer = stipend.api("GET", "/api/overview", "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static Map<?, ?> month(Map<?, ?> overview) {
    return (Map<?, ?>) Objects.requireNonNull(overview.get("month"));
  }

  private static long number(Map<?, ?> overview, String part, String field) {
    Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(overview.get(part));
    return Long.parseLong(String.valueOf(fields.get(field)));
  }

  private String budget(String user, String limit, String more) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"%1$s\",\"limitAmount\":%2$s,\"scope\":\"user\",\"scopeId\":\"%1$s\"%3$s%4$s}"
                .formatted(
                    user, limit, more.contains("period") ? "" : ",\"period\":\"monthly\"", more));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  /// Recorded when it happened: old events are not taken.
  private void spend(String cost, Instant at) {
    stipend.clock.set(at.plusSeconds(60));
    assertThat(stipend.record(Usage.costing("e" + events++, at, cost))).isEmpty();
    stipend.clock.set(NOW);
  }

  private void spendOf(String user, String cost) {
    stipend.record(
        Usage.costing("e" + events++, NOW.minus(Duration.ofMinutes(30)), cost)
            .replace("\"u1\"", "\"" + user + "\""));
  }
}
