package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.forecast.Observation;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;

/// What one subject of a budget has spent in one period.
///
/// @param key its identity
/// @param period its bounds, as they were when it opened
/// @param limit the limit in force when its budget was last edited or the counter closed
/// @param spend recorded costs
/// @param held what reservations hold, those too that have expired and were not taken off
/// @param requests requests recorded
/// @param unpriced recorded events that have no cost
/// @param dirty whether it crossed a threshold, or its budget changed, since its last evaluation
/// @param dataAsOf when it last changed
/// @param evaluatedAt when it was last evaluated
/// @param closedAt when its end was dealt with
/// @param closedSpend the spend that was known when the period ended; empty while nothing was
///     recorded after its end, and it is not closed
public record BudgetPeriod(
    PeriodKey key,
    Period period,
    Money limit,
    Money spend,
    Money held,
    long requests,
    long unpriced,
    boolean dirty,
    Instant dataAsOf,
    Optional<Instant> evaluatedAt,
    Optional<Instant> closedAt,
    Optional<Money> closedSpend) {
  /// The same without holds that have expired.
  public BudgetPeriod without(Money expired) {
    return new BudgetPeriod(
        key,
        period,
        limit,
        spend,
        held.minus(expired),
        requests,
        unpriced,
        dirty,
        dataAsOf,
        evaluatedAt,
        closedAt,
        closedSpend);
  }

  /// What a forecast of it starts from, while its period runs.
  ///
  /// @param recent what its subject spent before now
  public Observation observed(Budget budget, SpendHours recent, Instant now) {
    return new Observation(period, budget.cadence().zone(), now, spend, requests, recent);
  }

  /// The limit that its spend is measured by: the one in force while the period runs, the last one
  /// in force once it is over. Time does not go back: an evaluation that read its time before
  /// another one, and comes after it, measures by the same limit.
  public Money limitOf(Budget budget, Instant now) {
    Instant at = evaluatedAt.filter(now::isBefore).orElse(now);
    return closedAt.isPresent() || period.hasEnded(at)
        ? limitAtEnd(budget)
        : budget.limitAt(key.subject(), at);
  }

  /// The limit in force just before the period's end. An edit leaves it in the counters of periods
  /// that are over, so that none which comes after the end counts for them.
  Money limitAtEnd(Budget budget) {
    return closedAt.isPresent() ? limit : limitAtEnd(budget, key.subject(), period, limit);
  }

  /// The same of a counter that is not closed.
  ///
  /// @param subject whose it is
  /// @param kept the limit that it holds
  static Money limitAtEnd(Budget budget, String subject, Period period, Money kept) {
    return budget.updatedAt().isBefore(period.end())
        ? budget.limitBefore(subject, period.end())
        : kept;
  }
}
