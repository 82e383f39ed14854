package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.spend.PricedEvent;
import dev.stipend.time.Period;

/// What a batch of events adds to one counter.
///
/// @param budget whose counter it is
/// @param key the counter
/// @param period its bounds, should it open now
/// @param spend cost to add; may be negative
/// @param requests requests to add
/// @param unpriced unpriced events to add
record CounterIncrement(
    Budget budget, CounterKey key, Period period, Money spend, long requests, long unpriced) {

  static CounterIncrement of(Budget budget, String subject, Period period, PricedEvent priced) {
    return new CounterIncrement(
        budget,
        new CounterKey(budget.workspaceId(), budget.id(), subject, period.start()),
        period,
        priced.counted(),
        priced.requests(),
        priced.unpriced());
  }

  CounterIncrement plus(CounterIncrement other) {
    return new CounterIncrement(
        budget,
        key,
        period,
        spend.plus(other.spend),
        requests + other.requests,
        unpriced + other.unpriced);
  }

  /// Whether it moved the counter over a line of its budget, up or down. Only then can an
  /// evaluation decide anything that the one before did not.
  ///
  /// @param after the counter's spend with it
  boolean crossesALine(Money after) {
    Money before = after.minus(spend);
    return budget.thresholds().stream()
        .map(Threshold::percent)
        .anyMatch(
            percent ->
                before.reaches(percent, budget.limit()) != after.reaches(percent, budget.limit()));
  }
}
