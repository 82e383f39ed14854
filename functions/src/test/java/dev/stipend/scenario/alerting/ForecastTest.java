package dev.stipend.scenario.alerting;

import static dev.stipend.support.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.insight.RecentSpend;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forecasts as the API tells them, from hours as the database has them.
@ExtendWith(StipendExtension.class)
final class ForecastTest {
  private static final Instant HOUR = START.truncatedTo(ChronoUnit.HOURS);

  @Test
  void usageTellsTheForecastWithItsEvidence(Stipend stipend) {
    String id = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1000")).text("id");
    stipend.record(Usage.costing("e1", START, "10"));
    Answer usage = stipend.api("GET", "/api/budgets/" + id + "/usage", "");
    assertThat(usage.json().get("forecast"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsKeys("amount", "low", "high", "evidence")
        .containsEntry("isEnough", false);
    assertThat(usage.body()).contains("\"requests\":1,\"daysOfHistory\":");
  }

  @Test
  void aTotalBudgetWithoutEndTellsOnlyWhenItRunsOut(Stipend stipend) {
    String body = Usage.monthlyBudget("30").replace("monthly", "total");
    String id = stipend.api("POST", "/api/budgets", body).text("id");
    stipend.record(Usage.costing("e1", START, "10"));
    stipend.clock.set(START.plus(Duration.ofHours(10)));
    Answer usage = stipend.api("GET", "/api/budgets/" + id + "/usage", "");
    assertThat(usage.json().get("forecast"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsKey("runsOutAt")
        .doesNotContainKeys("amount", "low", "high");
  }

  /// The rollup tells columns, the ledger labels; both tell the same hours.
  @ParameterizedTest
  @CsvSource({"user,*,u1,u2", "tag,project=*,project=a,project=b", "workspace,,default,other"})
  void hoursAreWholeAndTheRunningOneIsApart(
      String scope, @Nullable String scopeId, String one, String other, Stipend stipend) {
    Budget budget = budget(stipend, scope, scopeId);
    stipend.record(
        tagged("e1", HOUR.minus(Duration.ofMinutes(1)), "1"),
        tagged("e2", HOUR.minus(Duration.ofMinutes(59)), "2"),
        tagged("e3", HOUR.minus(Duration.ofHours(3)), "4"),
        tagged("e4", START, "8"));
    BudgetInPeriod known = counter(budget, one);
    BudgetInPeriod unknown = counter(budget, other);
    Map<PeriodKey, SpendHours> recent =
        stipend
            .context
            .getBean(RecentSpend.class)
            .of(List.of(known, unknown), START.plusSeconds(60));
    assertThat(recent).containsOnlyKeys(known.counter().key(), unknown.counter().key());
    assertThat(recent.get(unknown.counter().key())).isEqualTo(SpendHours.NONE);
    assertThat(recent.get(known.counter().key()))
        .isEqualTo(
            new SpendHours(
                new TreeMap<>(
                    Map.of(
                        HOUR.minus(Duration.ofHours(1)), Money.of("3"),
                        HOUR.minus(Duration.ofHours(3)), Money.of("4"))),
                Money.of("8")));
  }

  private static BudgetInPeriod counter(Budget budget, String subject) {
    PeriodKey key = new PeriodKey(budget.workspaceId(), budget.id(), subject, START);
    Period period = budget.cadence().periodAt(START).orElseThrow();
    return new BudgetInPeriod(
        budget,
        new BudgetPeriod(
            key,
            period,
            budget.limit(),
            Money.ZERO,
            Money.ZERO,
            0,
            0,
            false,
            START,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static Budget budget(Stipend stipend, String scope, @Nullable String scopeId) {
    String id = scopeId == null ? "" : ",\"scopeId\":\"" + scopeId + "\"";
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"B\",\"limitAmount\":100,\"period\":\"daily\",\"scope\":\"%s\"%s}"
                .formatted(scope, id));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    UUID workspace =
        UUID.fromString(
            stipend
                .database
                .rows("SELECT id FROM stipend.workspaces WHERE slug = 'default'")
                .getFirst());
    return stipend
        .context
        .getBean(BudgetCatalog.class)
        .find(workspace, UUID.fromString(made.text("id")))
        .orElseThrow();
  }

  private static String tagged(String id, Instant at, String cost) {
    return Usage.costing(id, at, cost).replace("}", ",\"tags\":{\"project\":\"a\"}}");
  }
}
