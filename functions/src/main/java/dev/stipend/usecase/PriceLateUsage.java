package dev.stipend.usecase;

import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.ingest.price.PricesChanged;
import dev.stipend.ingest.price.WaitingUsage.Waiting;
import dev.stipend.ingest.unpriced.LateAdjustments;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.ingest.unpriced.UnpricedEvents.Claimed;
import dev.stipend.ingest.unpriced.UnpricedEvents.Position;
import dev.stipend.ingest.unpriced.UnpricedSelection;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.TimeLeft;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Prices what was recorded unpriced, once its price is known.
///
/// The ledger is append-only, so a price that comes late is an adjustment of each event: it counts
/// when the event happened, and is the price less what counted meanwhile. Each event is adjusted
/// exactly once: who locks it among the waiting is the one to write its adjustment and to take it
/// out, in one transaction.
@Singleton
public class PriceLateUsage {
  private static final int MODELS_AT_ONCE = 200;
  private static final int AT_ONCE = 1000;

  /// What one transaction did.
  ///
  /// @param priced how many events were priced
  /// @param next where to go on; empty when there is no more
  record Step(int priced, Optional<Position> next) {}

  private final LedgerLock lock;
  private final UnpricedEvents unpriced;
  private final RecordingSteps recording;
  private final PriceBookRepository prices;
  private final InstantSource clock;

  PriceLateUsage(
      LedgerLock lock,
      UnpricedEvents unpriced,
      RecordingSteps recording,
      PriceBookRepository prices,
      InstantSource clock) {
    this.lock = lock;
    this.unpriced = unpriced;
    this.recording = recording;
    this.prices = prices;
    this.clock = clock;
  }

  /// Prices what can be priced in a workspace. Answers how many events were.
  public int run(Workspace workspace, Instant now, TimeLeft left) {
    return run(workspace, now, left.atMost(Duration.ofMinutes(10)));
  }

  /// Prices at once what waits, as far as a request may take; the daily maintenance does the rest.
  @EventListener
  void pricesChanged(PricesChanged changed) {
    run(changed.workspace(), clock.instant(), Duration.ofSeconds(10));
  }

  private int run(Workspace workspace, Instant now, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    List<Waiting> waiting = unpriced.models(workspace.id());
    int total = 0;
    for (int from = 0; from < waiting.size(); from += MODELS_AT_ONCE) {
      List<Waiting> some = waiting.subList(from, Math.min(waiting.size(), from + MODELS_AT_ONCE));
      PriceBook book =
          prices.load(
              workspace.id(), workspace.currency(), some.stream().map(Waiting::name).toList());
      for (Waiting model : some) {
        total += run(workspace, model, book, end, now);
      }
    }
    return total;
  }

  /// Prices the events of a model from the first that has a price; of those before, and of a model
  /// that has none, nothing is read.
  private int run(Workspace workspace, Waiting model, PriceBook book, long end, Instant now) {
    Optional<Position> position =
        book.pricedFrom(model.name(), model.firstAt())
            .filter(from -> !from.isAfter(model.lastAt()))
            .map(Position::from);
    int total = 0;
    while (position.isPresent() && System.nanoTime() < end) {
      Step step = priceNext(workspace, model.name(), book, position.get(), now);
      total += step.priced();
      position = step.next();
    }
    return total;
  }

  /// Prices the next events of a model, in one transaction. Those that have no price at their time
  /// are left where they are.
  @Transactional
  Step priceNext(Workspace workspace, ModelName model, PriceBook book, Position from, Instant now) {
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
                adjustments.add(LateAdjustments.pricing(event, cost.minus(one.counted())));
              });
    }
    if (!priced.isEmpty()) {
      unpriced.remove(workspace.id(), priced);
      recording.write(workspace, adjustments, now);
    }
    return new Step(
        priced.size(),
        waiting.size() < AT_ONCE
            ? Optional.empty()
            : Optional.of(Position.after(waiting.getLast().event())));
  }
}
