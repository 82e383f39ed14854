package dev.stipend.usecase;

import dev.stipend.budget.period.PeriodSpend;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.LatePrices;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.PriceWriter;
import dev.stipend.ingest.unpriced.LateAdjustments;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.ingest.unpriced.UnpricedEvents.Claimed;
import dev.stipend.ingest.unpriced.UnpricedEvents.Position;
import dev.stipend.ingest.unpriced.UnpricedSelection;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tells what a price would mean before it is set: which usage that waits it would price, for how
/// much, and which budgets would spend more. Nothing is changed or locked.
@Singleton
public class PreviewPrice {
  /// Events whose cost is worked out; of the others only the number is told.
  public static final int MOST_EVENTS = 10_000;

  /// Budgets that are told.
  public static final int MOST_BUDGETS = 100;

  private final LatePrices late;
  private final PriceWriter writer;
  private final UnpricedEvents unpriced;
  private final PeriodSpend spend;

  PreviewPrice(LatePrices late, PriceWriter writer, UnpricedEvents unpriced, PeriodSpend spend) {
    this.late = late;
    this.writer = writer;
    this.unpriced = unpriced;
    this.spend = spend;
  }

  /// What a price would mean.
  ///
  /// @param fate what would become of the price itself
  /// @param price with the instant from which it would hold
  /// @param events how many events that wait would have a price
  /// @param costed for how many of them the cost is known, {@link #MOST_EVENTS} at most
  /// @param cost what these add to what counts of them already
  /// @param budgets the budgets whose spend changes by that, the most first
  public record Effect(
      PriceWriter.Fate fate,
      NewPrice price,
      long events,
      long costed,
      Money cost,
      List<PeriodSpend.Rise> budgets) {}

  /// Tells what a price would mean that is set now.
  @Transactional
  public Effect of(Workspace workspace, NewPrice wanted, Instant now) {
    NewPrice price =
        late.dated(workspace, List.of(wanted), now.truncatedTo(ChronoUnit.MICROS)).getFirst();
    PriceWriter.Fate fate = writer.foresee(workspace, price);
    LatePrices.Foreseen foreseen = late.foresee(workspace, price);
    List<PricedEvent> adjustments =
        fate == PriceWriter.Fate.TAKEN ? List.of() : adjustments(workspace, foreseen);
    return new Effect(
        fate,
        price,
        fate == PriceWriter.Fate.TAKEN ? 0 : foreseen.events(),
        adjustments.size(),
        adjustments.stream().map(PricedEvent::counted).reduce(Money.ZERO, Money::plus),
        spend.foresee(workspace, adjustments).stream().limit(MOST_BUDGETS).toList());
  }

  /// As {@link PriceLateUsage} would write them, in the order of time for each model.
  private List<PricedEvent> adjustments(Workspace workspace, LatePrices.Foreseen foreseen) {
    List<PricedEvent> adjustments = new ArrayList<>();
    for (Map.Entry<ModelName, Instant> each : foreseen.since().entrySet()) {
      int left = MOST_EVENTS - adjustments.size();
      if (left > 0) {
        unpriced
            .read(
                workspace.id(),
                UnpricedSelection.of(each.getKey()),
                Position.from(each.getValue()),
                left)
            .forEach(waiting -> add(adjustments, foreseen.book(), waiting));
      }
    }
    return adjustments;
  }

  private static void add(List<PricedEvent> adjustments, PriceBook book, Claimed waiting) {
    UsageEvent event = waiting.event();
    book.costOf(
            event.attribution().provider(),
            event.attribution().model(),
            event.tokens(),
            event.occurredAt())
        .ifPresent(
            cost -> adjustments.add(LateAdjustments.pricing(event, cost.minus(waiting.counted()))));
  }
}
