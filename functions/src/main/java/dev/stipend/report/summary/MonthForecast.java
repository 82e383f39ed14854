package dev.stipend.report.summary;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.insight.RecentSpend;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.report.spend.SpendTotals;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Foresees what a workspace spends in its running month, as if a budget counted that.
@Singleton
class MonthForecast {
  private static final UUID NOBODY = new UUID(0, 0);

  private final RecentSpend recent;

  MonthForecast(RecentSpend recent) {
    this.recent = recent;
  }

  /// The calendar month that contains an instant.
  static Period month(ZoneId zone, Instant now) {
    return monthly(zone).periodAt(now).orElseThrow();
  }

  private static CalendarCadence monthly(ZoneId zone) {
    return new CalendarCadence(PeriodKind.MONTHLY, zone, DayOfWeek.MONDAY, 1, 1);
  }

  /// What the month will come to; empty while too little is known.
  ///
  /// @param soFar what it has come to
  Optional<AlertSnapshot.ForecastPart> of(
      Workspace workspace, ZoneId zone, SpendTotals soFar, Instant now) {
    Period month = month(zone, now);
    Budget budget = budget(workspace, zone, month.start());
    BudgetPeriod counter = counter(budget, month, soFar, now);
    return Outlook.of(counter.observed(budget, recent.of(budget, counter, now), now))
        .forecast()
        .filter(forecast -> forecast.evidence().isEnough())
        .map(
            forecast ->
                new AlertSnapshot.ForecastPart(
                    forecast.amount(), forecast.low(), forecast.high(), null));
  }

  private static Budget budget(Workspace workspace, ZoneId zone, Instant start) {
    return new Budget(
        workspace.id(),
        NOBODY,
        workspace.name(),
        Scope.WORKSPACE,
        workspace.slug(),
        Money.ZERO,
        Optional.empty(),
        monthly(zone),
        List.of(),
        false,
        OnFailure.OPEN,
        BudgetStatus.ACTIVE,
        1,
        start,
        start,
        start);
  }

  private static BudgetPeriod counter(Budget budget, Period month, SpendTotals soFar, Instant now) {
    return new BudgetPeriod(
        new PeriodKey(budget.workspaceId(), NOBODY, budget.scopeId(), month.start()),
        month,
        Money.ZERO,
        soFar.cost(),
        Money.ZERO,
        soFar.requests(),
        soFar.unpriced(),
        false,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
