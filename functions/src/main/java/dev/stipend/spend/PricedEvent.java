package dev.stipend.spend;

import dev.stipend.money.Money;
import java.util.Optional;

/// An event with the cost that it is recorded at.
///
/// @param event what its sender told
/// @param cost what it counts; empty when the event is unpriced
public record PricedEvent(UsageEvent event, Optional<Money> cost) {
  /// Requests it stands for: adjustments are none.
  public long requests() {
    return event.kind() == EventKind.USAGE ? 1 : 0;
  }

  public long unpriced() {
    return cost.isEmpty() ? 1 : 0;
  }

  /// The cost as it enters sums, where an unpriced event adds nothing but its count.
  public Money counted() {
    return cost.orElse(Money.ZERO);
  }
}
