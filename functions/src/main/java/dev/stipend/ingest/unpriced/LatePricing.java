package dev.stipend.ingest.unpriced;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.EventKind;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.ledger.UsageLedger;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.ingest.unpriced.UnpricedEvents.Claimed;
import dev.stipend.ingest.unpriced.UnpricedEvents.Position;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The transactions of {@link Repricing}.
@Singleton
public class LatePricing {
  /// The beginning of the ids of events that Stipend writes itself; senders may not use it.
  public static final String OWN_IDS = "stipend:";

  /// The beginning of the ids of adjustments that price an event later; its own id follows.
  public static final String PRICE_IDS = OWN_IDS + "price:";

  private static final int AT_ONCE = 1000;

  /// What one transaction did.
  ///
  /// @param priced how many events were priced
  /// @param next where to go on; empty when there is no more
  record Step(int priced, Optional<Position> next) {}

  private final LedgerLock lock;
  private final UnpricedEvents unpriced;
  private final UsageLedger ledger;

  LatePricing(LedgerLock lock, UnpricedEvents unpriced, UsageLedger ledger) {
    this.lock = lock;
    this.unpriced = unpriced;
    this.ledger = ledger;
  }

  /// Prices the next events of a model. Those that have no price at their time are left where they
  /// are.
  @Transactional
  Step step(Workspace workspace, ModelName model, PriceBook book, Position from, Instant now) {
    lock.recording(workspace.id());
    List<Claimed> waiting =
        unpriced.claim(workspace.id(), UnpricedSelection.of(model), from, AT_ONCE);
    List<UsageEvent> priced = new ArrayList<>();
    List<PricedEvent> adjustments = new ArrayList<>();
    for (Claimed one : waiting) {
      UsageEvent event = one.event();
      book.costOf(model.provider(), model.model(), event.tokens(), event.occurredAt())
          .ifPresent(
              cost -> {
                priced.add(event);
                adjustments.add(pricing(event, cost.minus(one.counted())));
              });
    }
    Optional<Position> next =
        waiting.size() < AT_ONCE
            ? Optional.empty()
            : Optional.of(Position.after(waiting.getLast().event()));
    if (!priced.isEmpty()) {
      unpriced.remove(workspace.id(), priced);
      ledger.write(workspace, adjustments, now);
    }
    return new Step(priced.size(), next);
  }

  /// The adjustment by which an event no longer waits.
  ///
  /// @param difference what it adds to what counted meanwhile
  static PricedEvent pricing(UsageEvent event, Money difference) {
    return PricedEvent.settling(adjustment(PRICE_IDS, event, event.attribution()), difference);
  }

  /// An adjustment of an event, at its own time.
  ///
  /// @param ids the beginning of its id
  static UsageEvent adjustment(String ids, UsageEvent event, Attribution attribution) {
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
