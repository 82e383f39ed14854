package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.TokenPrices;
import dev.stipend.money.Money;
import java.util.List;
import java.util.Optional;

/// An event with the cost that it is recorded at.
///
/// @param event what its sender told
/// @param cost what it counts; empty when nobody knows and no ceiling counts meanwhile
/// @param unpriced what it adds to the count of unpriced events: 1 while nobody knows its price, -1
///     when it is the adjustment that prices such an event later
/// @param assumed what its sender did not tell and its price took to be what costs most, by the
///     names of the event's fields
public record PricedEvent(
    UsageEvent event, Optional<Money> cost, int unpriced, List<String> assumed) {
  public static PricedEvent priced(UsageEvent event, Money cost) {
    return new PricedEvent(event, Optional.of(cost), 0, List.of());
  }

  /// @param quote by the price book
  static PricedEvent priced(UsageEvent event, TokenPrices.Quote quote) {
    return new PricedEvent(event, Optional.of(quote.cost()), 0, quote.assumed());
  }

  /// @param ceiling what counts until the price is known
  static PricedEvent unpriced(UsageEvent event, Optional<Money> ceiling) {
    return new PricedEvent(event, ceiling, 1, List.of());
  }

  /// Prices later what was recorded as unpriced.
  public static PricedEvent settling(UsageEvent adjustment, Money difference) {
    return new PricedEvent(adjustment, Optional.of(difference), -1, List.of());
  }

  /// Requests it stands for: adjustments are none.
  public long requests() {
    return event.kind() == EventKind.USAGE ? 1 : 0;
  }

  /// The cost as it enters sums, where an event without one adds nothing but its count.
  public Money counted() {
    return cost.orElse(Money.ZERO);
  }
}
