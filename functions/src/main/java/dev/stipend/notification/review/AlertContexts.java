package dev.stipend.notification.review;

import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.StoredBudget;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.BudgetPeriods;
import dev.stipend.budget.period.PeriodKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what alerts are about, for a page of them at once.
@Singleton
public class AlertContexts {
  private final BudgetCatalog budgets;
  private final BudgetPeriods periods;

  AlertContexts(BudgetCatalog budgets, BudgetPeriods periods) {
    this.budgets = budgets;
    this.periods = periods;
  }

  /// What alerts of a workspace are about, by the alert's id.
  public Map<UUID, AlertContext> of(UUID workspace, List<AlertRecord> alerts, Instant now) {
    Map<UUID, StoredBudget> stored =
        budgets.findStored(
            workspace, alerts.stream().map(AlertRecord::budgetId).distinct().toList());
    Map<PeriodKey, BudgetPeriod> counters =
        periods
            .findAll(alerts.stream().map(alert -> key(workspace, alert)).distinct().toList())
            .stream()
            .collect(Collectors.toMap(BudgetPeriod::key, Function.identity()));
    return alerts.stream()
        .collect(
            Collectors.toMap(
                AlertRecord::id,
                alert ->
                    context(
                        alert,
                        Optional.ofNullable(stored.get(alert.budgetId())),
                        Optional.ofNullable(counters.get(key(workspace, alert))),
                        now)));
  }

  private static AlertContext context(
      AlertRecord alert,
      Optional<StoredBudget> stored,
      Optional<BudgetPeriod> counter,
      Instant now) {
    Optional<Budget> budget =
        stored.stream()
            .flatMap(each -> each instanceof Budget readable ? Stream.of(readable) : Stream.empty())
            .findFirst();
    return new AlertContext(
        budget,
        stored.map(StoredBudget::name).orElseGet(() -> alert.budgetId().toString()),
        counter.map(BudgetPeriod::spend).orElse(alert.spend()),
        counter
            .map(found -> budget.map(each -> found.limitOf(each, now)).orElse(found.limit()))
            .orElse(alert.limit()));
  }

  private static PeriodKey key(UUID workspace, AlertRecord alert) {
    return new PeriodKey(workspace, alert.budgetId(), alert.subject(), alert.period().start());
  }
}
