package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;

/// What one subject of a budget has spent in one period.
///
/// @param key its identity
/// @param period its bounds, as they were when it opened
/// @param limit the limit that was last in force
/// @param spend recorded costs
/// @param held what reservations hold, those too that have expired and were not taken off
/// @param requests requests recorded
/// @param unpriced recorded events that have no cost
/// @param dirty whether it crossed a line, or its budget changed, since its last evaluation
/// @param dataAsOf when it last changed
/// @param evaluatedAt when it was last evaluated
/// @param closedAt when its end was dealt with
/// @param closedSpend spend at that time
public record Counter(
    CounterKey key,
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
  Counter without(Money expired) {
    return new Counter(
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

  /// The limit that its spend is measured by: the budget's while the period runs, the last one in
  /// force once it is closed.
  public Money limitOf(Budget budget) {
    return closedAt.isPresent() ? limit : budget.limit();
  }
}
