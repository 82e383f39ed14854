package dev.stipend.api;

import dev.stipend.budget.Headroom;
import dev.stipend.money.Money;
import dev.stipend.reservation.Decision;
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
/// @param headroom what is left; negative when more was spent than allowed
/// @param denies whether it refuses the work
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
    Optional<Instant> resetsAt,
    Optional<Instant> nextHoldExpiresAt,
    Optional<List<String>> channels) {

  static ConsideredBudget of(Decision decision, Headroom budget) {
    return of(budget, decision.isDeniedBy(budget), Optional.empty(), Optional.empty());
  }

  /// A budget that refuses, with what its refusal may be met with.
  static ConsideredBudget refusing(
      Headroom budget, Optional<Instant> nextHoldExpiresAt, List<String> channels) {
    return of(budget, true, nextHoldExpiresAt, Optional.of(channels));
  }

  /// A budget of work that is admitted.
  static ConsideredBudget admitting(Headroom budget) {
    return of(budget, false, Optional.empty(), Optional.empty());
  }

  private static ConsideredBudget of(
      Headroom budget,
      boolean denies,
      Optional<Instant> nextHoldExpiresAt,
      Optional<List<String>> channels) {
    return new ConsideredBudget(
        budget.budgetId(),
        budget.budgetName(),
        budget.subject(),
        budget.limit(),
        budget.spend(),
        budget.held(),
        budget.amount(),
        budget.hardLimit(),
        denies,
        Optional.of(budget.period().end()).filter(end -> !end.equals(Period.FOREVER)),
        nextHoldExpiresAt,
        channels);
  }
}
