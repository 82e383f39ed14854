package dev.stipend.api;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.Counter;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.json.Labels;
import dev.stipend.workspace.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds the budget that a path names, and shows budgets as they stand.
@Singleton
final class BudgetLookup {
  private final BudgetCatalog catalog;
  private final BudgetStanding standing;

  BudgetLookup(BudgetCatalog catalog, BudgetStanding standing) {
    this.catalog = catalog;
    this.standing = standing;
  }

  Budget find(Caller caller, String id) {
    return Ids.parse(id)
        .flatMap(uuid -> catalog.find(caller.workspace().id(), uuid))
        .orElseThrow(() -> missing(id));
  }

  /// The id that a path names, for who looks the budget up in a transaction of its own.
  static UUID id(String id) {
    return Ids.parse(id).orElseThrow(() -> missing(id));
  }

  static ProblemException missing(String id) {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no budget " + id);
  }

  /// The subject that is asked for, of those that the budget counts.
  static String subject(Budget budget, Optional<String> asked) {
    if (budget.isEach()) {
      return asked.orElseThrow(
          () ->
              new InvalidJsonException(
                  "subject",
                  "is required: this budget counts each " + Labels.of(budget.scope()) + " apart"));
    }
    if (asked.filter(id -> !id.equals(budget.scopeId())).isPresent()) {
      throw new InvalidJsonException("subject", "must be left out, or be " + budget.scopeId());
    }
    return budget.scopeId();
  }

  static ProblemException noPeriod() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The budget has no period at this time.");
  }

  BudgetResponse shown(Budget budget, Instant now, List<String> warnings) {
    return BudgetResponse.of(
        budget,
        catalog.channelsOf(budget),
        budget.isEach()
            ? Optional.empty()
            : standing.current(budget, budget.scopeId(), now).map(Counter::spend),
        now,
        warnings);
  }
}
