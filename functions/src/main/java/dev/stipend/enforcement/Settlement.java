package dev.stipend.enforcement;

import dev.stipend.money.Money;
import java.util.Optional;

/// What a reservation came to.
///
/// @param reservation as it was held
/// @param eventId the event in the ledger
/// @param cost what it cost; empty while nobody knows its price
/// @param late whether it no longer held anything
public record Settlement(
    Reservation reservation, String eventId, Optional<Money> cost, boolean late) {

  /// By how much it cost more than was held for it.
  public Money overEstimate() {
    return cost.orElse(Money.ZERO).minus(reservation.amount()).orZero();
  }
}
