package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What events cost.
@Singleton
public class EventPricing {
  /// What tools reckon costs in.
  private static final String DOLLARS = "USD";

  private final PriceBookRepository prices;

  EventPricing(PriceBookRepository prices) {
    this.prices = prices;
  }

  /// Prices events by what they tell, or by the price book; those that it has no price for by what
  /// their senders reckon.
  public List<PricedEvent> price(Workspace workspace, List<UsageEvent> events) {
    Set<ModelName> models =
        events.stream()
            .filter(event -> event.cost().isEmpty())
            .map(event -> event.attribution())
            .map(what -> new ModelName(what.provider(), what.model()))
            .collect(Collectors.toSet());
    PriceBook book = prices.load(workspace.id(), workspace.currency(), models);
    boolean inDollars = DOLLARS.equals(workspace.currency());
    return events.stream().map(event -> price(book, event, inDollars)).toList();
  }

  private static PricedEvent price(PriceBook book, UsageEvent event, boolean inDollars) {
    Attribution what = event.attribution();
    return event
        .cost()
        .map(cost -> PricedEvent.priced(event, cost))
        .or(
            () ->
                book.quote(what.provider(), what.model(), event.tokens(), event.occurredAt())
                    .map(quote -> PricedEvent.priced(event, quote)))
        .or(
            () ->
                event
                    .reportedCost()
                    .filter(reported -> inDollars)
                    .map(reported -> PricedEvent.priced(event, reported)))
        .orElseGet(
            () -> PricedEvent.unpriced(event, book.ceilingOf(event.tokens(), event.occurredAt())));
  }
}
