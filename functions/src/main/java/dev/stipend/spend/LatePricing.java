package dev.stipend.spend;

import dev.stipend.price.PriceBook;
import dev.stipend.price.TokenUsage;
import dev.stipend.spend.UnpricedEvents.Position;
import dev.stipend.spend.UnpricedEvents.Waiting;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The transactions of {@link Repricing}.
@Singleton
class LatePricing {
  /// The beginning of the ids of events that Stipend writes itself; senders may not use it.
  static final String OWN_IDS = "stipend:";

  /// The beginning of the ids of adjustments that price an event later; its own id follows.
  static final String PRICE_IDS = OWN_IDS + "price:";

  private static final int AT_ONCE = 1000;

  /// What one transaction did.
  ///
  /// @param priced how many events were priced
  /// @param next where to go on; empty when there is no more
  /// @param afterCommit what is left to do
  record Step(int priced, Optional<Position> next, List<Runnable> afterCommit) {}

  private final LedgerLock lock;
  private final UnpricedEvents unpriced;
  private final UsageLedger ledger;

  LatePricing(LedgerLock lock, UnpricedEvents unpriced, UsageLedger ledger) {
    this.lock = lock;
    this.unpriced = unpriced;
    this.ledger = ledger;
  }

  /// Prices the next events of a model. Those that still have no price, such as those from before
  /// it was in force, are left where they are.
  @Transactional
  Step step(Workspace workspace, UnpricedModel model, PriceBook book, Position from, Instant now) {
    lock.recording(workspace.id());
    List<Waiting> waiting = unpriced.claim(workspace.id(), model, from, AT_ONCE);
    List<UsageEvent> priced = new ArrayList<>();
    List<PricedEvent> adjustments = new ArrayList<>();
    for (Waiting one : waiting) {
      UsageEvent event = one.event();
      book.costOf(model.provider(), model.model(), event.tokens(), event.occurredAt())
          .ifPresent(
              cost -> {
                priced.add(event);
                adjustments.add(
                    PricedEvent.settling(adjustmentOf(event), cost.minus(one.counted())));
              });
    }
    Optional<Position> next =
        waiting.size() < AT_ONCE
            ? Optional.empty()
            : Optional.of(Position.after(waiting.getLast().event()));
    if (priced.isEmpty()) {
      return new Step(0, next, List.of());
    }
    unpriced.remove(workspace.id(), priced);
    return new Step(priced.size(), next, ledger.write(workspace, adjustments, now));
  }

  private static UsageEvent adjustmentOf(UsageEvent event) {
    return new UsageEvent(
        PRICE_IDS + event.eventId(),
        event.occurredAt(),
        EventKind.ADJUSTMENT,
        Optional.of(event.eventId()),
        event.attribution(),
        TokenUsage.NONE,
        Optional.empty(),
        event.tags());
  }
}
