package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.ingest.ledger.FreedHold;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a transaction changes of one counter.
///
/// @param budget whose counter it is; empty where only a hold is freed
/// @param key the counter
/// @param period its bounds, should it open now
/// @param spend cost to add; may be negative
/// @param freed holds to take off
/// @param requests requests to add
/// @param unpriced unpriced events to add
record PeriodIncrement(
    Optional<Budget> budget,
    PeriodKey key,
    Period period,
    Money spend,
    Money freed,
    long requests,
    long unpriced) {

  static PeriodIncrement of(
      Budget budget, String subject, Period period, CountedBatch.Sum counted) {
    return new PeriodIncrement(
        Optional.of(budget),
        new PeriodKey(budget.workspaceId(), budget.id(), subject, period.start()),
        period,
        counted.cost(),
        Money.ZERO,
        counted.requests(),
        counted.unpriced());
  }

  static PeriodIncrement freeing(UUID workspace, FreedHold hold) {
    return new PeriodIncrement(
        Optional.empty(),
        new PeriodKey(workspace, hold.budgetId(), hold.subject(), hold.period().start()),
        hold.period(),
        Money.ZERO,
        hold.amount(),
        0,
        0);
  }

  PeriodIncrement plus(PeriodIncrement other) {
    return new PeriodIncrement(
        budget.or(other::budget),
        key,
        period,
        spend.plus(other.spend),
        freed.plus(other.freed),
        requests + other.requests,
        unpriced + other.unpriced);
  }

  /// The limit of the counter, should it open now.
  Money limit(Instant now) {
    return budget.map(open -> open.limitAt(key.subject(), now)).orElse(Money.ZERO);
  }

  /// The limit that a counter is measured by which is not closed.
  ///
  /// @param kept the limit that it holds
  Money limitOf(Money kept, Instant now) {
    return period.hasEnded(now)
        ? budget
            .map(ended -> BudgetPeriod.limitAtEnd(ended, key.subject(), period, kept))
            .orElse(kept)
        : limit(now);
  }

  /// Whether the counter is to be looked at soon: its budget has thresholds for what is foreseen.
  boolean looksAhead(Instant now) {
    return budget.filter(lines -> lines.looksAhead() && period.contains(now)).isPresent();
  }

  /// Whether it moved the counter over a threshold of its budget, up or down, or made its spend
  /// doubtful or certain. Only then can an evaluation decide anything that the one before did not.
  ///
  /// @param limit the limit that the counter is measured by
  /// @param spendAfter the counter's spend with it
  /// @param unpricedAfter the counter's unpriced events with it
  boolean crossesAThreshold(Money limit, Money spendAfter, long unpricedAfter) {
    Money spendBefore = spendAfter.minus(spend);
    long unpricedBefore = unpricedAfter - unpriced;
    if (unpricedBefore > 0 != unpricedAfter > 0) {
      return true;
    }
    for (Threshold line : budget.map(Budget::thresholds).orElse(List.of())) {
      if (line.kind() == ThresholdKind.ACTUAL
          && spendBefore.reaches(line.percent(), limit)
              != spendAfter.reaches(line.percent(), limit)) {
        return true;
      }
    }
    return false;
  }
}
