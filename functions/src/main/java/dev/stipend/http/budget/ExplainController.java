package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.http.ApiRequest;
import dev.stipend.notification.review.Explanations;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import java.util.Optional;

/// Tells why a budget's alerts did or did not go out in its current period.
@Controller("/api/budgets/{id}/explain")
class ExplainController {
  private final BudgetCatalog catalog;
  private final Explanations explanations;

  ExplainController(BudgetCatalog catalog, Explanations explanations) {
    this.catalog = catalog;
    this.explanations = explanations;
  }

  /// Tells why alerts of a budget did or did not go out, decision by decision.
  ///
  /// @param subject whose; required for a budget that counts each id apart
  @Get
  ExplainResponse explain(
      ApiRequest request, @PathVariable String id, @QueryValue Optional<String> subject) {
    Budget budget = request.find("budget", id, catalog::find);
    return explanations
        .of(budget, BudgetLookup.subject(budget, subject), request.now())
        .map(
            explanation ->
                ExplainResponse.of(request.workspace().currency(), explanation, request.now()))
        .orElseThrow(BudgetLookup::noPeriod);
  }
}
