package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.RecentSpend;
import dev.stipend.forecast.SpendHours;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Foresees how counters go on, where their budgets have lines for that.
@Singleton
public class Prospects {
  /// A counter is looked at so many times in its period, but neither more nor less often than the
  /// two bounds say.
  private static final int LOOKS = 100;

  private static final Duration LEAST = Duration.ofMinutes(5);
  private static final Duration MOST = Duration.ofMinutes(15);

  private final RecentSpend recent;

  Prospects(RecentSpend recent) {
    this.recent = recent;
  }

  /// The prospect of one counter, if its budget looks ahead and its period runs.
  public Optional<Prospect> of(Budget budget, Counter counter, Instant now) {
    return Optional.ofNullable(
        of(Map.of(budget.id(), budget), List.of(counter), now).get(counter.key()));
  }

  /// The prospects of counters whose budgets look ahead and whose periods run; a query a budget.
  Map<CounterKey, Prospect> of(Map<UUID, Budget> budgets, List<Counter> counters, Instant now) {
    Map<CounterKey, Prospect> prospects = new HashMap<>();
    counters.stream()
        .collect(Collectors.groupingBy(counter -> counter.key().budgetId()))
        .forEach(
            (id, its) -> {
              Budget budget = Objects.requireNonNull(budgets.get(id));
              List<Counter> watched =
                  its.stream().filter(counter -> isWatched(budget, counter, now)).toList();
              if (!watched.isEmpty()) {
                prospects.putAll(of(budget, watched, now));
              }
            });
    return prospects;
  }

  private Map<CounterKey, Prospect> of(Budget budget, List<Counter> counters, Instant now) {
    Map<String, SpendHours> hours =
        recent.of(budget, counters.stream().map(each -> each.key().subject()).toList(), now);
    return counters.stream()
        .collect(
            Collectors.toMap(
                Counter::key,
                each ->
                    Prospect.of(
                        budget,
                        each,
                        Objects.requireNonNull(hours.get(each.key().subject())),
                        now)));
  }

  /// Whether a line of the budget is about what is foreseen of the counter.
  static boolean isWatched(Budget budget, Counter counter, Instant now) {
    return budget.looksAhead()
        && budget.status() == BudgetStatus.ACTIVE
        && counter.period().contains(now);
  }

  /// When to look at a counter again: not at all, once nothing was recorded for as long as that
  /// would be, and nothing is open that time alone may end.
  static Optional<Instant> nextLook(Counter counter, boolean isOpen, Instant now) {
    Duration length = Duration.between(counter.period().start(), counter.period().end());
    Duration step = length.dividedBy(LOOKS);
    Duration bounded = step.compareTo(LEAST) < 0 ? LEAST : step.compareTo(MOST) > 0 ? MOST : step;
    boolean goesOn = isOpen || counter.dataAsOf().isAfter(now.minus(bounded));
    return goesOn && counter.period().contains(now)
        ? Optional.of(now.plus(bounded))
        : Optional.empty();
  }
}
