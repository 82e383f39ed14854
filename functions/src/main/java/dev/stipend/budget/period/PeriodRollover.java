package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.money.Money;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Closes counters whose period has ended, and opens the ones that follow.
@Singleton
public class PeriodRollover {
  private final BudgetRepository budgets;
  private final BudgetPeriods counters;

  PeriodRollover(BudgetRepository budgets, BudgetPeriods counters) {
    this.budgets = budgets;
    this.counters = counters;
  }

  /// A counter that is to be opened.
  ///
  /// @param counter at zero
  /// @param looksAhead whether something is foreseen of it
  public record Next(BudgetPeriod counter, boolean looksAhead) {}

  /// Closes the counters, which the caller has locked, and answers the ones to open next. A counter
  /// that was used is followed by one for the current period; an unused one is not, so that idle
  /// subjects cost nothing: their next spend opens a counter by itself. Where silence is watched,
  /// it is followed as long as silence can be told from disuse.
  public List<Next> close(List<BudgetPeriod> ended, Instant now) {
    Map<UUID, Budget> byId =
        budgets
            .findAll(part(ended, PeriodKey::workspaceId), part(ended, PeriodKey::budgetId))
            .stream()
            .collect(Collectors.toMap(Budget::id, Function.identity()));
    counters.markClosed(
        ended, counter -> limitAtEnd(counter, byId.get(counter.key().budgetId())), now);
    Set<PeriodKey> silent =
        counters.usedSince(
            ended.stream()
                .filter(counter -> counter.requests() == 0)
                .filter(counter -> watchesSilence(byId.get(counter.key().budgetId())))
                .toList(),
            now.minus(SpendHours.REACH));
    List<Next> next = new ArrayList<>();
    for (BudgetPeriod counter : ended) {
      Budget budget = byId.get(counter.key().budgetId());
      if (budget != null
          && budget.status() != BudgetStatus.ARCHIVED
          && (counter.requests() > 0 || silent.contains(counter.key()))) {
        current(budget, counter.key().subject(), now)
            .ifPresent(opened -> next.add(new Next(opened, budget.looksAhead())));
      }
    }
    return next;
  }

  private static boolean watchesSilence(@Nullable Budget budget) {
    return budget != null && budget.watchesSilence();
  }

  private static Money limitAtEnd(BudgetPeriod counter, @Nullable Budget budget) {
    return budget == null ? counter.limit() : counter.limitAtEnd(budget);
  }

  /// Opens counters at zero where there are none. A transaction of its own: together with closing
  /// it would hold old counters while it waits for new ones, against the order in which recorders
  /// take them.
  @Transactional
  public void open(List<Next> next, Instant now) {
    counters.open(next, now);
  }

  /// A counter at zero for the period at an instant.
  public static Optional<BudgetPeriod> current(Budget budget, String subject, Instant now) {
    return budget
        .cadence()
        .periodAt(now)
        .map(
            period ->
                new BudgetPeriod(
                    new PeriodKey(budget.workspaceId(), budget.id(), subject, period.start()),
                    period,
                    budget.limitAt(subject, now),
                    Money.ZERO,
                    Money.ZERO,
                    0,
                    0,
                    false,
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
  }

  private static Set<UUID> part(List<BudgetPeriod> counters, Function<PeriodKey, UUID> part) {
    return counters.stream().map(BudgetPeriod::key).map(part).collect(Collectors.toSet());
  }
}
