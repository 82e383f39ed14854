package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Counter;
import dev.stipend.forecast.Outlook;
import dev.stipend.forecast.SpendHours;
import dev.stipend.forecast.UnusualActivity;
import java.time.Instant;
import java.util.Optional;

/// What is foreseen of a counter.
///
/// @param outlook how its spend goes on
/// @param unusual what is unusual about its last complete hour
public record Prospect(Outlook outlook, Optional<UnusualActivity> unusual) {
  /// @param recent what the subject spent in the last weeks
  static Prospect of(Budget budget, Counter counter, SpendHours recent, Instant now) {
    return new Prospect(
        Outlook.of(counter.observed(budget, recent, now)),
        UnusualActivity.find(recent, budget.cadence().zone(), now));
  }
}
