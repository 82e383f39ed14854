package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.backfill.Backfill;
import dev.stipend.budget.forecast.Evidence;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.period.BudgetPeriod;
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
/// @param remaining limit less spend and held; 0 when that is less than nothing
/// @param overshoot by how much more was spent than a hard limit allows; absent for a soft one
/// @param percentUsed spend in percent of the limit, one decimal, rounded down; 100 when the limit
///     is 0 and anything was spent
/// @param forecast how the period is expected to go on
/// @param backfill how far what was spent before is counted, and `spend` with it; absent where all
///     of it is
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
    ForecastPart forecast,
    List<Contributor> topContributors,
    Optional<BackfillPart> backfill,
    Instant dataAsOf,
    List<Past> history) {
  /// The bounds of the current period, and the zone to show them in.
  @Serdeable
  public record PeriodPart(Instant start, Instant end, String timeZone) {}

  /// What the period is expected to have spent at its end.
  ///
  /// @param amount the expected spend; like its range, absent for a period without end
  /// @param low spend ends below it in one of ten cases
  /// @param high spend ends above it in one of ten cases
  /// @param runsOutAt when the limit is expected to be reached; absent if not in this period, or if
  ///     it is reached already
  /// @param isEnough whether the evidence is enough to alert by the forecast
  @Serdeable
  public record ForecastPart(
      Optional<Money> amount,
      Optional<Money> low,
      Optional<Money> high,
      Optional<Instant> runsOutAt,
      EvidencePart evidence,
      boolean isEnough) {
    static ForecastPart of(Outlook outlook, Money limit) {
      Optional<Forecast> forecast = outlook.forecast();
      Evidence evidence = outlook.evidence();
      return new ForecastPart(
          forecast.map(Forecast::amount),
          forecast.map(Forecast::low),
          forecast.map(Forecast::high),
          outlook.runsOutAt(limit),
          new EvidencePart(evidence.shareElapsed(), evidence.requests(), evidence.daysOfHistory()),
          evidence.isEnough());
    }
  }

  /// What a forecast rests on.
  ///
  /// @param shareElapsed how much of the period is over, from 0 to 1; absent where it has no end
  /// @param requests how many requests the period has seen
  /// @param daysOfHistory complete days before now of which spend is known, at most 56
  @Serdeable
  public record EvidencePart(Optional<BigDecimal> shareElapsed, long requests, int daysOfHistory) {}

  /// A period that is over.
  @Serdeable
  public record Past(
      Instant start, Instant end, Money limitAmount, Money spend, long requests, long unpriced) {
    static Past of(BudgetPeriod counter) {
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
      Budget budget, BudgetStanding.Standing standing, Optional<Backfill> backfill, Instant now) {
    BudgetPeriod current = standing.current();
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
        limit.minus(current.spend()).minus(current.held()).orZero(),
        Optional.of(current.spend().minus(limit).orZero()).filter(over -> budget.hardLimit()),
        current.spend().percentOf(limit),
        current.requests(),
        current.unpriced(),
        ForecastPart.of(standing.outlook(), limit),
        standing.topContributors(),
        backfill.map(BackfillPart::of),
        current.dataAsOf(),
        standing.history().stream().map(Past::of).toList());
  }
}
