package dev.stipend.alert.evaluation;

import dev.stipend.budget.Budget;
import dev.stipend.budget.forecast.InactivityGap;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.forecast.UnusualActivity;
import dev.stipend.budget.period.BudgetPeriod;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// What is foreseen of a counter.
///
/// @param outlook how its spend goes on
/// @param unusual what is unusual about its last complete hour
/// @param silence how long nothing was spent
/// @param earlier how long nothing had been spent when the period began: who was notified of that
///     then is not told again
public record PeriodForecast(
    Outlook outlook,
    Optional<UnusualActivity> unusual,
    Optional<InactivityGap> silence,
    Optional<InactivityGap> earlier) {
  /// Looks ahead from what is known now.
  ///
  /// @param recent what the subject spent in the last weeks
  public static PeriodForecast of(
      Budget budget, BudgetPeriod counter, SpendHours recent, Instant now) {
    ZoneId zone = budget.cadence().zone();
    return new PeriodForecast(
        Outlook.of(counter.observed(budget, recent, now)),
        UnusualActivity.find(recent, zone, now),
        InactivityGap.find(recent, zone, now),
        InactivityGap.before(recent, zone, counter.period().start()));
  }
}
