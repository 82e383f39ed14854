package dev.stipend.report.board;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.insight.RecentSpend;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriods;
import dev.stipend.budget.period.PeriodKey;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Forecasts the spend of budgets of a list at the end of their running period.
@Singleton
public class BoardForecasts {
  private final BudgetCatalog catalog;
  private final BudgetPeriods counters;
  private final RecentSpend recent;

  BoardForecasts(BudgetCatalog catalog, BudgetPeriods counters, RecentSpend recent) {
    this.catalog = catalog;
    this.counters = counters;
    this.recent = recent;
  }

  /// The forecasts by the budget's id, each of the id that its line shows; without those that rest
  /// on too little, or whose period never ends. What budgets of one scope have in common is read
  /// once.
  @Transactional
  public Map<UUID, Forecast> of(UUID workspace, List<BudgetLine> lines, Instant now) {
    List<PeriodKey> keys =
        lines.stream()
            .flatMap(
                line ->
                    line.period().filter(period -> period.contains(now)).stream()
                        .map(
                            period ->
                                new PeriodKey(
                                    workspace,
                                    line.id(),
                                    line.subject().orElse(line.scopeId()),
                                    period.start())))
            .toList();
    Map<UUID, Budget> budgets = new HashMap<>();
    catalog
        .findStored(workspace, keys.stream().map(PeriodKey::budgetId).toList())
        .forEach(
            (id, stored) -> {
              if (stored instanceof Budget budget) {
                budgets.put(id, budget);
              }
            });
    List<BudgetInPeriod> running =
        counters.findAll(keys).stream()
            .flatMap(
                counter ->
                    Stream.ofNullable(budgets.get(counter.key().budgetId()))
                        .map(budget -> new BudgetInPeriod(budget, counter)))
            .filter(one -> one.counter().period().contains(now))
            .toList();
    Map<PeriodKey, SpendHours> hours = recent.of(running, now);
    Map<UUID, Forecast> forecasts = new HashMap<>();
    for (BudgetInPeriod one : running) {
      PeriodKey key = one.counter().key();
      SpendHours spent = hours.getOrDefault(key, SpendHours.NONE);
      Outlook.of(one.counter().observed(one.budget(), spent, now))
          .forecast()
          .filter(forecast -> forecast.evidence().isEnough())
          .ifPresent(forecast -> forecasts.put(key.budgetId(), forecast));
    }
    return forecasts;
  }
}
