package dev.stipend.api;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Contributor;
import dev.stipend.budget.Counter;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How a budget's current period stands.
///
/// @param subject the id that is counted
/// @param nextResetAt when the period ends; absent when it never does
/// @param limitAmount the limit in force
/// @param remaining limit less spend and held; negative when overspent
/// @param overshoot by how much more was spent than a hard limit allows; absent for a soft one
/// @param percentUsed spend in percent of the limit, one decimal, rounded down
/// @param dataAsOf when the counter last changed
/// @param history past periods, latest first
@Serdeable
public record UsageResponse(
    UUID budgetId,
    String subject,
    PeriodPart period,
    Optional<Instant> nextResetAt,
    Money limitAmount,
    Money spend,
    Money held,
    Money remaining,
    Optional<Money> overshoot,
    BigDecimal percentUsed,
    long requests,
    long unpriced,
    List<Contributor> topContributors,
    Instant dataAsOf,
    List<Past> history) {
  /// The bounds of the current period, and the zone to show them in.
  @Serdeable
  public record PeriodPart(Instant start, Instant end, String timeZone) {}

  /// A period that is over.
  @Serdeable
  public record Past(
      Instant start, Instant end, Money limitAmount, Money spend, long requests, long unpriced) {
    static Past of(Counter counter) {
      return new Past(
          counter.period().start(),
          counter.period().end(),
          counter.limit(),
          counter.spend(),
          counter.requests(),
          counter.unpriced());
    }
  }

  static UsageResponse of(
      Budget budget,
      Counter current,
      List<Counter> past,
      List<Contributor> contributors,
      Instant now) {
    Period period = current.period();
    Money limit = current.limitOf(budget, now);
    return new UsageResponse(
        budget.id(),
        current.key().subject(),
        new PeriodPart(period.start(), period.end(), budget.cadence().zone().getId()),
        Optional.of(period.end()).filter(end -> !end.equals(Period.FOREVER)),
        limit,
        current.spend(),
        current.held(),
        limit.minus(current.spend()).minus(current.held()),
        Optional.of(current.spend().minus(limit))
            .map(over -> over.isPositive() ? over : Money.ZERO)
            .filter(over -> budget.hardLimit()),
        current.spend().percentOf(limit),
        current.requests(),
        current.unpriced(),
        contributors,
        current.dataAsOf(),
        past.stream().map(Past::of).toList());
  }
}
