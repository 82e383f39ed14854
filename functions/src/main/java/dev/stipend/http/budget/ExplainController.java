package dev.stipend.http.budget;

import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.evaluation.Evaluation;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.alert.evaluation.PeriodForecasts;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.http.ApiRequest;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.notification.delivery.DeliveryLog;
import dev.stipend.notification.delivery.DeliveryRecord;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Tells why a budget's alerts did or did not go out in its current period.
@Controller("/api/budgets/{id}/explain")
class ExplainController {
  private final BudgetCatalog catalog;
  private final BudgetStanding standing;
  private final AlertLog alerts;
  private final DeliveryLog deliveries;
  private final PeriodForecasts forecasts;
  private final PriceBookRepository prices;

  ExplainController(
      BudgetCatalog catalog,
      BudgetStanding standing,
      AlertLog alerts,
      DeliveryLog deliveries,
      PeriodForecasts forecasts,
      PriceBookRepository prices) {
    this.catalog = catalog;
    this.forecasts = forecasts;
    this.prices = prices;
    this.standing = standing;
    this.alerts = alerts;
    this.deliveries = deliveries;
  }

  /// Tells why alerts of a budget did or did not go out, decision by decision.
  ///
  /// @param subject whose; required for a budget that counts each id apart
  @Get
  ExplainResponse explain(
      ApiRequest request, @PathVariable String id, @QueryValue Optional<String> subject) {
    Budget budget = request.find("budget", id, catalog::find);
    Instant now = request.now();
    BudgetPeriod counter =
        standing
            .current(budget, BudgetLookup.subject(budget, subject), now)
            .orElseThrow(BudgetLookup::noPeriod);
    List<AlertRecord> logged = alerts.of(counter.key());
    Map<UUID, List<DeliveryRecord>> told =
        deliveries.of(budget.workspaceId(), logged.stream().map(AlertRecord::id).toList());
    List<LoggedAlert> known = logged.stream().map(alert -> alert.loggedOf(counter.key())).toList();
    boolean hasCeiling = !prices.ceilings(Set.of(budget.workspaceId())).isEmpty();
    EvaluationInput input =
        new EvaluationInput(budget, counter, known, hasCeiling, forecasts.of(budget, counter, now));
    return ExplainResponse.of(
        request.workspace().currency(),
        budget,
        counter,
        Evaluation.standing(input, now),
        logged,
        told,
        now);
  }
}
