package dev.stipend.http.reservation;

import dev.stipend.enforcement.headroom.Headroom;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A budget that a decision rests on.
///
/// @param subject the scope id that the work counts for
/// @param limitAmount the limit in force
/// @param held what other work holds
/// @param headroom what is left; 0 when that is less than nothing
/// @param denies whether it refuses the work
/// @param fits where it refuses: `later` if the work may fit from an instant on, `never` if not, as
///     things stand
/// @param mayFitAt that instant; holds that end before their time may free headroom earlier
/// @param resetsAt when its period ends; absent when it never does
/// @param nextHoldExpiresAt when the next hold ends by itself, where it refuses and there is one
/// @param channels where its owners are told, where it refuses
@Serdeable
record ConsideredBudget(
    UUID budgetId,
    String budgetName,
    String subject,
    Money limitAmount,
    Money currentSpend,
    Money held,
    Money headroom,
    boolean hardLimit,
    boolean denies,
    Optional<String> fits,
    Optional<Instant> mayFitAt,
    Optional<Instant> resetsAt,
    Optional<Instant> nextHoldExpiresAt,
    Optional<List<String>> channels) {
  static final String LATER = "later";
  static final String NEVER = "never";

  /// A budget that refuses, with what its refusal may be met with.
  static ConsideredBudget refusing(
      Headroom budget, Money cost, Optional<Instant> nextHoldExpiresAt, List<String> channels) {
    Optional<Instant> mayFitAt = budget.mayFitAt(cost, nextHoldExpiresAt);
    return of(
        budget,
        Optional.of(mayFitAt.isPresent() ? LATER : NEVER),
        mayFitAt,
        nextHoldExpiresAt,
        Optional.of(channels));
  }

  /// A budget that admits the work.
  static ConsideredBudget admitting(Headroom budget) {
    return of(budget, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static ConsideredBudget of(
      Headroom budget,
      Optional<String> fits,
      Optional<Instant> mayFitAt,
      Optional<Instant> nextHoldExpiresAt,
      Optional<List<String>> channels) {
    return new ConsideredBudget(
        budget.budgetId(),
        budget.budgetName(),
        budget.subject(),
        budget.limit(),
        budget.spend(),
        budget.held(),
        budget.amount().orZero(),
        budget.hardLimit(),
        fits.isPresent(),
        fits,
        mayFitAt,
        Optional.of(budget.period().end()).filter(end -> !end.equals(Period.FOREVER)),
        nextHoldExpiresAt,
        channels);
  }
}
