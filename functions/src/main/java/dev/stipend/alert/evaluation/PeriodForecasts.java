package dev.stipend.alert.evaluation;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.insight.RecentSpend;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Foresees how counters go on, where their budgets have thresholds for that.
@Singleton
public class PeriodForecasts {
  /// A counter is looked at so many times in its period, but neither more nor less often than the
  /// two bounds say.
  private static final int LOOKS = 100;

  private static final Duration LEAST = Duration.ofMinutes(5);
  private static final Duration MOST = Duration.ofMinutes(15);

  private final RecentSpend recent;

  PeriodForecasts(RecentSpend recent) {
    this.recent = recent;
  }

  /// The forecast of one counter, if its budget looks ahead and its period runs.
  public Optional<PeriodForecast> of(Budget budget, BudgetPeriod counter, Instant now) {
    return Optional.ofNullable(
        of(List.of(new BudgetInPeriod(budget, counter)), now).get(counter.key()));
  }

  /// The forecasts of counters whose budgets look ahead and whose periods run.
  public Map<PeriodKey, PeriodForecast> of(Collection<BudgetInPeriod> counters, Instant now) {
    List<BudgetInPeriod> watched = counters.stream().filter(one -> isWatched(one, now)).toList();
    Map<PeriodKey, SpendHours> hours = recent.of(watched, now);
    return watched.stream()
        .collect(
            Collectors.toMap(
                one -> one.counter().key(),
                one ->
                    PeriodForecast.of(
                        one.budget(),
                        one.counter(),
                        hours.getOrDefault(one.counter().key(), SpendHours.NONE),
                        now)));
  }

  /// Whether a threshold of the budget is about what is foreseen of the counter.
  static boolean isWatched(BudgetInPeriod of, Instant now) {
    return of.budget().looksAhead()
        && of.budget().status() == BudgetStatus.ACTIVE
        && of.counter().period().contains(now);
  }

  /// When to look at a counter again: not at all, once nothing was recorded for as long as that
  /// would be, nothing is open that time alone may end, and nobody asks for silence.
  static Optional<Instant> nextLook(BudgetInPeriod of, boolean isOpen, Instant now) {
    BudgetPeriod counter = of.counter();
    Duration length = Duration.between(counter.period().start(), counter.period().end());
    Duration step = length.dividedBy(LOOKS);
    Duration bounded = step.compareTo(LEAST) < 0 ? LEAST : step.compareTo(MOST) > 0 ? MOST : step;
    boolean goesOn =
        isOpen || of.budget().watchesSilence() || counter.dataAsOf().isAfter(now.minus(bounded));
    return goesOn && isWatched(of, now) ? Optional.of(now.plus(bounded)) : Optional.empty();
  }
}
