package dev.stipend.ingest.ledger;

import dev.stipend.money.Money;
import java.util.Map;
import java.util.Optional;

/// A recorded event that adjustments correct.
///
/// @param event what it is
/// @param cost what counts for it, late price included; empty when nobody knows its price and no
///     ceiling counts meanwhile
/// @param priced whether that is final: its price is known
/// @param refunded what adjustments have taken back of it so far
public record CorrectedEvent(
    UsageEvent event, Optional<Money> cost, boolean priced, Money refunded) {
  /// An event that was recorded just now.
  public static CorrectedEvent of(PricedEvent recorded) {
    return new CorrectedEvent(
        recorded.event(), recorded.cost(), recorded.unpriced() == 0, Money.ZERO);
  }

  /// The same, with so much taken back of it.
  public CorrectedEvent refund(Money amount) {
    return new CorrectedEvent(event, cost, priced, refunded.plus(amount));
  }

  /// Why an adjustment takes back what the event did not add; empty if it does not.
  public Optional<String> refusal(UsageEvent adjustment) {
    if (event.kind() != EventKind.USAGE) {
      return Optional.of("corrects must name an event of kind usage");
    }
    if (!priced) {
      return Optional.of("corrects names an event that has no price yet");
    }
    Optional<String> other =
        other(adjustment.attribution().known(), event.attribution().known())
            .or(() -> other(adjustment.tags(), event.tags()).map(tag -> "tags." + tag));
    if (other.isPresent()) {
      return other.map(field -> field + " differs from that of the event it corrects");
    }
    Money left = cost.orElse(Money.ZERO).minus(refunded);
    return adjustment
        .cost()
        .filter(amount -> left.plus(amount).isNegative())
        .map(amount -> "cost %s is more than the %s left to refund".formatted(amount, left));
  }

  /// The first name under which an adjustment has another value than its event.
  private static Optional<String> other(Map<String, String> some, Map<String, String> event) {
    return some.entrySet().stream()
        .filter(each -> !each.getValue().equals(event.get(each.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
