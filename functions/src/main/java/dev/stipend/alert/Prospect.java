package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Counter;
import dev.stipend.forecast.Outlook;
import dev.stipend.forecast.Silence;
import dev.stipend.forecast.SpendHours;
import dev.stipend.forecast.UnusualActivity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// What is foreseen of a counter.
///
/// @param outlook how its spend goes on
/// @param unusual what is unusual about its last complete hour
/// @param silence how long nothing was spent
/// @param earlier how long nothing had been spent when the period began: who was told of that then
///     is not told again
public record Prospect(
    Outlook outlook,
    Optional<UnusualActivity> unusual,
    Optional<Silence> silence,
    Optional<Silence> earlier) {
  /// @param recent what the subject spent in the last weeks
  static Prospect of(Budget budget, Counter counter, SpendHours recent, Instant now) {
    ZoneId zone = budget.cadence().zone();
    return new Prospect(
        Outlook.of(counter.observed(budget, recent, now)),
        UnusualActivity.find(recent, zone, now),
        Silence.find(recent, zone, now),
        Silence.before(recent, zone, counter.period().start()));
  }
}
