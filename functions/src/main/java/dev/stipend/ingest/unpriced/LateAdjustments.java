package dev.stipend.ingest.unpriced;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.EventKind;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import java.util.Optional;

/// The adjustments by which events that waited are priced, each at its event's own time.
public final class LateAdjustments {
  /// The beginning of the ids of events that Stipend writes itself; senders may not use it.
  public static final String OWN_IDS = "stipend:";

  /// The beginning of the ids of adjustments that price an event later; its own id follows.
  public static final String PRICE_IDS = OWN_IDS + "price:";

  /// The beginning of the ids of adjustments that count a cost under another model.
  private static final String MODEL_IDS = OWN_IDS + "model:";

  /// The beginning of the ids of adjustments of rows whose cost changed after they were counted.
  private static final String CHANGE_IDS = OWN_IDS + "change:";

  private LateAdjustments() {}

  /// The adjustment by which an event no longer waits.
  ///
  /// @param difference what it adds to what counted meanwhile
  public static PricedEvent pricing(UsageEvent event, Money difference) {
    return PricedEvent.settling(adjustment(PRICE_IDS, event, event.attribution()), difference);
  }

  /// The adjustment that counts an event's cost under another model.
  public static PricedEvent counting(UsageEvent event, Attribution model, Money cost) {
    return PricedEvent.priced(adjustment(MODEL_IDS, event, model), cost);
  }

  /// The adjustment by which an event counts what its sender says by now.
  ///
  /// @param number tells it from others of the same event
  public static PricedEvent changing(UsageEvent event, Money difference, int number) {
    return PricedEvent.priced(
        adjustment(CHANGE_IDS + number + ":", event, event.attribution()), difference);
  }

  private static UsageEvent adjustment(String ids, UsageEvent event, Attribution attribution) {
    return new UsageEvent(
        ids + event.eventId(),
        event.occurredAt(),
        EventKind.ADJUSTMENT,
        Optional.of(event.eventId()),
        attribution,
        TokenUsage.NONE,
        Optional.empty(),
        event.tags());
  }
}
