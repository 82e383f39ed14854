package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.spend.PricedEvent;
import dev.stipend.time.Period;

/// What a batch of events adds to one counter.
///
/// @param key the counter
/// @param period its bounds, should it open now
/// @param limit the limit in force
/// @param spend cost to add; may be negative
/// @param requests requests to add
/// @param unpriced unpriced events to add
record CounterIncrement(
    CounterKey key, Period period, Money limit, Money spend, long requests, long unpriced) {

  static CounterIncrement of(Budget budget, String subject, Period period, PricedEvent priced) {
    return new CounterIncrement(
        new CounterKey(budget.workspaceId(), budget.id(), subject, period.start()),
        period,
        budget.limit(),
        priced.counted(),
        priced.requests(),
        priced.unpriced());
  }

  CounterIncrement plus(CounterIncrement other) {
    return new CounterIncrement(
        key,
        period,
        limit,
        spend.plus(other.spend),
        requests + other.requests,
        unpriced + other.unpriced);
  }
}
