package dev.stipend.notification.review;

import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.evaluation.Evaluation;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.alert.evaluation.PeriodForecasts;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.notification.delivery.DeliveryLog;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Explains why people were or were not notified.
@Singleton
public class Explanations {
  private final BudgetStanding standing;
  private final AlertLog alerts;
  private final DeliveryLog deliveries;
  private final PeriodForecasts forecasts;
  private final PriceBookRepository prices;

  Explanations(
      BudgetStanding standing,
      AlertLog alerts,
      DeliveryLog deliveries,
      PeriodForecasts forecasts,
      PriceBookRepository prices) {
    this.standing = standing;
    this.alerts = alerts;
    this.deliveries = deliveries;
    this.forecasts = forecasts;
    this.prices = prices;
  }

  /// The explanation of a budget's current period; empty if it has none at this time.
  ///
  /// @param subject whose counter
  public Optional<Explanation> of(Budget budget, String subject, Instant now) {
    return standing.current(budget, subject, now).map(counter -> explain(budget, counter, now));
  }

  private Explanation explain(Budget budget, BudgetPeriod counter, Instant now) {
    List<AlertRecord> logged = alerts.of(counter.key());
    List<LoggedAlert> known = logged.stream().map(alert -> alert.loggedOf(counter.key())).toList();
    boolean hasCeiling = !prices.ceilings(Set.of(budget.workspaceId())).isEmpty();
    EvaluationInput input =
        new EvaluationInput(budget, counter, known, hasCeiling, forecasts.of(budget, counter, now));
    return new Explanation(
        budget,
        counter,
        Evaluation.standing(input, now),
        logged,
        deliveries.of(budget.workspaceId(), logged.stream().map(AlertRecord::id).toList()));
  }
}
