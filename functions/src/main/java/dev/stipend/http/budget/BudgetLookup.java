package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.StoredBudget;
import dev.stipend.budget.UnreadableBudget;
import dev.stipend.budget.backfill.Backfill;
import dev.stipend.budget.backfill.Backfilling;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.Labels;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Shows budgets as they stand.
@Singleton
final class BudgetLookup {
  private final BudgetCatalog catalog;
  private final BudgetStanding standing;
  private final Backfilling backfilling;

  BudgetLookup(BudgetCatalog catalog, BudgetStanding standing, Backfilling backfilling) {
    this.catalog = catalog;
    this.standing = standing;
    this.backfilling = backfilling;
  }

  /// How far a budget's past spend is counted; empty where all of it is.
  Optional<Backfill> backfill(Budget budget) {
    return Optional.ofNullable(
        backfilling.of(budget.workspaceId(), List.of(budget.id())).get(budget.id()));
  }

  /// The subject that is asked for, of those that the budget counts.
  static String subject(Budget budget, Optional<String> asked) {
    if (budget.isEach()) {
      return asked.orElseThrow(
          () ->
              new InvalidJsonException(
                  "subject",
                  "is required: this budget counts each "
                      + Labels.of(budget.scope())
                      + " separately"));
    }
    if (asked.filter(id -> !id.equals(budget.scopeId())).isPresent()) {
      throw new InvalidJsonException("subject", "must be left out, or be " + budget.scopeId());
    }
    return budget.scopeId();
  }

  /// Warns of a subject that a budget has not counted yet: it may be another one's id, misspelt.
  List<String> unheardOf(Budget budget, Optional<String> subject, Instant now) {
    return subject
        .filter(
            id ->
                standing
                    .current(budget, id, now)
                    .filter(counter -> counter.requests() > 0 || counter.held().isPositive())
                    .isEmpty())
        .map(id -> "Nothing is recorded for subject %s in the current period.".formatted(id))
        .stream()
        .toList();
  }

  static ProblemException noPeriod() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The budget has no period at this time.");
  }

  BudgetResponse shown(StoredBudget budget, Instant now, List<String> warnings) {
    return shown(budget.workspaceId(), List.of(budget), now, warnings).apply(budget);
  }

  /// Shows any of these budgets of a workspace, for all of which what is shown is read at once.
  Function<StoredBudget, BudgetResponse> shown(
      UUID workspace, List<StoredBudget> budgets, Instant now) {
    return shown(workspace, budgets, now, List.of());
  }

  private Function<StoredBudget, BudgetResponse> shown(
      UUID workspace, List<StoredBudget> budgets, Instant now, List<String> warnings) {
    Map<UUID, List<UUID>> channels =
        catalog.channelsOf(workspace, budgets.stream().map(StoredBudget::id).toList());
    Map<UUID, Money> spend =
        standing.spend(
            budgets.stream().filter(Budget.class::isInstance).map(Budget.class::cast).toList(),
            now);
    Map<UUID, Backfill> backfills =
        backfilling.of(workspace, budgets.stream().map(StoredBudget::id).toList());
    return stored -> {
      List<UUID> named = channels.getOrDefault(stored.id(), List.of());
      return switch (stored) {
        case Budget budget ->
            BudgetResponse.of(
                budget,
                named,
                Optional.ofNullable(spend.get(budget.id())),
                Optional.ofNullable(backfills.get(budget.id())),
                now,
                warnings);
        case UnreadableBudget unreadable -> BudgetResponse.of(unreadable, named);
      };
    };
  }
}
