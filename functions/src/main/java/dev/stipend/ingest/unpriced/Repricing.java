package dev.stipend.ingest.unpriced;

import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.ingest.price.PricesChanged;
import dev.stipend.ingest.price.WaitingUsage.Waiting;
import dev.stipend.ingest.unpriced.UnpricedEvents.Position;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.TimeLeft;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Prices what was recorded unpriced, once its price is known.
///
/// The ledger is append-only, so a price that comes late is an adjustment of each event: it counts
/// when the event happened, and is the price less what counted meanwhile. Each event is adjusted
/// exactly once: who locks it among the waiting is the one to write its adjustment and to take it
/// out, in one transaction.
@Singleton
public class Repricing {
  private static final int MODELS_AT_ONCE = 200;

  private final UnpricedEvents unpriced;
  private final LatePricing pricing;
  private final PriceBookRepository prices;
  private final InstantSource clock;

  Repricing(
      UnpricedEvents unpriced,
      LatePricing pricing,
      PriceBookRepository prices,
      InstantSource clock) {
    this.unpriced = unpriced;
    this.pricing = pricing;
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
      LatePricing.Step step = pricing.step(workspace, model.name(), book, position.get(), now);
      total += step.priced();
      position = step.next();
    }
    return total;
  }
}
