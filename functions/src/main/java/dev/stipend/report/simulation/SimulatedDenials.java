package dev.stipend.report.simulation;

import dev.stipend.money.Money;
import java.time.Instant;
import java.util.Optional;

/// Requests that a hard limit would have refused.
///
/// @param count how many
/// @param amount what they cost together
/// @param firstAt when the first of them was sent
public record SimulatedDenials(long count, Money amount, Optional<Instant> firstAt) {
  static final SimulatedDenials NONE = new SimulatedDenials(0, Money.ZERO, Optional.empty());

  SimulatedDenials plus(SimulatedDenials other) {
    Optional<Instant> first =
        firstAt.isEmpty() || other.firstAt.filter(firstAt.get()::isAfter).isPresent()
            ? other.firstAt
            : firstAt;
    return new SimulatedDenials(count + other.count, amount.plus(other.amount), first);
  }
}
