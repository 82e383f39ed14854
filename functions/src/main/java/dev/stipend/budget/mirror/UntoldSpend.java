package dev.stipend.budget.mirror;

import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.money.Money;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What was spent of budgets, and their application was not told.
@Singleton
public class UntoldSpend {
  private final MirroredBudgets mirrored;
  private final BudgetRepository budgets;
  private final BudgetStanding standing;

  UntoldSpend(MirroredBudgets mirrored, BudgetRepository budgets, BudgetStanding standing) {
    this.mirrored = mirrored;
    this.budgets = budgets;
    this.standing = standing;
  }

  /// What was spent in the current periods where that is something else than what the application
  /// was told last, by table and row.
  @Transactional
  public Map<String, Map<String, Money>> of(SpendSource source, Instant now) {
    Map<UUID, MirroredBudget> rows =
        mirrored.all(source).stream()
            .filter(row -> row.budgetId().isPresent())
            .collect(Collectors.toMap(row -> row.budgetId().orElseThrow(), Function.identity()));
    Map<UUID, Money> spend =
        standing.spend(budgets.findAll(Set.of(source.workspaceId()), rows.keySet()), now);
    Map<String, Map<String, Money>> untold = new HashMap<>();
    spend.forEach(
        (budget, spent) -> {
          MirroredBudget row = rows.get(budget);
          if (row != null && !row.told().equals(Optional.of(spent))) {
            untold.computeIfAbsent(row.table(), table -> new HashMap<>()).put(row.id(), spent);
          }
        });
    return untold;
  }
}
