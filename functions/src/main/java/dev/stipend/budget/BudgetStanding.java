package dev.stipend.budget;

import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.insight.Contributors;
import dev.stipend.budget.insight.RecentSpend;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.BudgetPeriods;
import dev.stipend.budget.period.ExpiredHolds;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.PeriodRollover;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How budgets stand now.
@Singleton
public class BudgetStanding {
  private static final int PAST_PERIODS = 24;
  private static final int CONTRIBUTORS = 3;

  private final BudgetPeriods counters;
  private final ExpiredHolds deadHolds;
  private final Contributors contributors;
  private final RecentSpend recent;

  BudgetStanding(
      BudgetPeriods counters,
      ExpiredHolds deadHolds,
      Contributors contributors,
      RecentSpend recent) {
    this.counters = counters;
    this.deadHolds = deadHolds;
    this.contributors = contributors;
    this.recent = recent;
  }

  /// The standing of one subject of a budget.
  ///
  /// @param current its counter in the current period; one at zero where nothing was spent
  /// @param history its counters of past periods, latest first
  /// @param topContributors what the current spend is made of
  /// @param outlook how it goes on
  public record Standing(
      BudgetPeriod current,
      List<BudgetPeriod> history,
      List<Contributor> topContributors,
      Outlook outlook) {}

  /// The standing of a subject; empty while a total budget has not begun, or when it is over.
  @Transactional
  public Optional<Standing> of(Budget budget, String subject, Instant now) {
    return current(budget, subject, now)
        .map(
            counter ->
                new Standing(
                    counter,
                    history(budget, subject, now, now, PAST_PERIODS),
                    contributors.top(budget, counter, CONTRIBUTORS),
                    outlook(budget, counter, now)));
  }

  /// A period of a subject that is over.
  ///
  /// @param topContributors what its spend was made of
  public record Ended(BudgetPeriod counter, List<Contributor> topContributors) {}

  /// What a subject spent in a period that is over; empty where nothing was counted in one that
  /// starts then.
  @Transactional
  public Optional<Ended> ended(Budget budget, String subject, Instant start, Instant now) {
    PeriodKey key = new PeriodKey(budget.workspaceId(), budget.id(), subject, start);
    return counters
        .find(key)
        .filter(counter -> counter.period().hasEnded(now))
        .map(counter -> new Ended(counter, contributors.top(budget, counter, CONTRIBUTORS)));
  }

  private Outlook outlook(Budget budget, BudgetPeriod counter, Instant now) {
    return Outlook.of(counter.observed(budget, recent.of(budget, counter, now), now));
  }

  /// The counters of a subject in past periods, latest first; where nothing was spent in a period,
  /// there is none.
  ///
  /// @param before only periods that start before this instant
  @Transactional
  public List<BudgetPeriod> history(
      Budget budget, String subject, Instant now, Instant before, int most) {
    Instant ongoing = budget.cadence().periodAt(now).map(Period::start).orElse(now);
    Instant until = ongoing.isBefore(before) ? ongoing : before;
    return counters.history(budget.workspaceId(), budget.id(), subject, until, most);
  }

  /// What budgets have spent in their current period, by their id; without those that count each id
  /// apart, and those that have no period now.
  @Transactional
  public Map<UUID, Money> spend(Collection<Budget> budgets, Instant now) {
    List<BudgetPeriod> current =
        budgets.stream()
            .filter(budget -> !budget.isEach())
            .flatMap(budget -> PeriodRollover.current(budget, budget.scopeId(), now).stream())
            .toList();
    return Stream.concat(
            current.stream(),
            counters.findAll(current.stream().map(BudgetPeriod::key).toList()).stream())
        .collect(
            Collectors.toMap(
                counter -> counter.key().budgetId(), BudgetPeriod::spend, (empty, found) -> found));
  }

  /// The counter of a subject in the current period, at zero where nothing was spent.
  @Transactional
  public Optional<BudgetPeriod> current(Budget budget, String subject, Instant now) {
    return PeriodRollover.current(budget, subject, now)
        .map(empty -> counters.find(empty.key()).orElse(empty))
        .map(
            counter ->
                counter.without(
                    deadHolds.of(List.of(counter), now).getOrDefault(counter.key(), Money.ZERO)));
  }
}
