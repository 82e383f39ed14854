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

  /// Whether it moved the counter over a line of its budget, up or down, or made its spend doubtful
  /// or certain. Only then can an evaluation decide anything that the one before did not.
  ///
  /// @param limit the limit that the counter is measured by
  /// @param spendAfter the counter's spend with it
  /// @param unpricedAfter the counter's unpriced events with it
  boolean crossesALine(Money limit, Money spendAfter, long unpricedAfter) {
    Money spendBefore = spendAfter.minus(spend);
    long unpricedBefore = unpricedAfter - unpriced;
    return unpricedBefore > 0 != unpricedAfter > 0
        || budget.thresholds().stream()
            .map(Threshold::percent)
            .anyMatch(
                percent ->
                    spendBefore.reaches(percent, limit) != spendAfter.reaches(percent, limit));
  }
}
