package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.ingest.record.DistinctEvents;
import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Records events exactly once, with everything that counts them, in one transaction.
@Singleton
public class UsageLedger {
  /// Events that are in the ledger.
  ///
  /// @param outcomes what became of all events that were to be there, in their order
  /// @param fresh those that were not there before, which nothing counts yet
  record Appended(List<RecordOutcome> outcomes, List<PricedEvent> fresh) {
    static final Appended NOTHING = new Appended(List.of(), List.of());
  }

  private final LedgerLock lock;
  private final UsageEventIds ids;
  private final Adjustments adjustments;
  private final UsageLogs logs;
  private final UnpricedEvents unpriced;
  private final CostTracking tracking;
  private final PriceBookRepository prices;
  private final List<SpendCounter> counters;

  UsageLedger(
      LedgerLock lock,
      UsageEventIds ids,
      Adjustments adjustments,
      UsageLogs logs,
      UnpricedEvents unpriced,
      CostTracking tracking,
      PriceBookRepository prices,
      List<SpendCounter> counters) {
    this.lock = lock;
    this.ids = ids;
    this.adjustments = adjustments;
    this.logs = logs;
    this.unpriced = unpriced;
    this.tracking = tracking;
    this.prices = prices;
    this.counters = counters;
  }

  /// Answers what became of the events, in their order.
  @Transactional
  public List<RecordOutcome> record(
      Workspace workspace, List<UsageEvent> events, UsageSender sender, Instant now) {
    Appended appended = append(workspace, events, sender, now);
    count(workspace, appended.fresh(), now);
    return appended.outcomes();
  }

  /// Does what recording does, over no events: each statement is sent, and has no rows to write.
  @Transactional
  public void rehearse(Instant now) {
    Workspace nobody = new Workspace(new UUID(0, 0), "nobody", "Nobody", "USD", "UTC", "en");
    append(nobody, List.of(), UsageSender.QUEUE, now);
    logs.append(nobody.id(), List.of(), now);
    tracking.add(nobody.id(), List.of());
    counters.forEach(counter -> counter.count(nobody, List.of(), List.of(), now));
  }

  /// Appends the events whose ids nobody has claimed before, in the caller's transaction, which has
  /// to count them.
  Appended append(Workspace workspace, List<UsageEvent> events, UsageSender sender, Instant now) {
    lock.recording(workspace.id());
    DistinctEvents<String> distinct = DistinctEvents.of(events, UsageEvent::eventId);
    Set<String> claimed =
        ids.claim(
            workspace.id(), distinct.events().stream().map(UsageEventIds.Entry::of).toList(), now);
    Map<String, EventDigest> known = ids.digests(workspace.id(), distinct.except(claimed));
    List<PricedEvent> fresh =
        price(
            workspace,
            distinct.events().stream().filter(e -> claimed.contains(e.eventId())).toList());
    Map<String, String> refused = adjustments.refuse(workspace, fresh, sender);
    if (!refused.isEmpty()) {
      ids.release(workspace.id(), refused.keySet());
      fresh = fresh.stream().filter(e -> !refused.containsKey(e.event().eventId())).toList();
    }
    if (!fresh.isEmpty()) {
      logs.append(workspace.id(), fresh, now);
      adjustments.audit(workspace.id(), fresh, sender, now);
    }
    return new Appended(
        distinct.outcomes(
            events, fresh, refused, known, (before, event) -> EventDigest.of(event).equals(before)),
        fresh);
  }

  /// Writes events that nobody else writes, with everything that counts them, in the caller's
  /// transaction.
  public void write(Workspace workspace, List<PricedEvent> fresh, Instant now) {
    logs.append(workspace.id(), fresh, now);
    count(workspace, fresh, now);
  }

  /// Counts events that the caller has written to the ledger: once in a transaction, for whoever
  /// holds counters must not wait for anything else.
  void count(Workspace workspace, List<PricedEvent> fresh, Instant now) {
    count(workspace, fresh, List.of(), now);
  }

  /// As above.
  ///
  /// @param freed holds that end with them
  void count(Workspace workspace, List<PricedEvent> fresh, List<FreedHold> freed, Instant now) {
    if (fresh.isEmpty() && freed.isEmpty()) {
      return;
    }
    unpriced.add(workspace.id(), fresh);
    tracking.add(workspace.id(), fresh);
    // Counters lock the hottest rows, so they come last and hold them shortest.
    counters.forEach(counter -> counter.count(workspace, fresh, freed, now));
  }

  /// Prices events by what they tell, or by the price book.
  List<PricedEvent> price(Workspace workspace, List<UsageEvent> events) {
    Set<ModelName> models =
        events.stream()
            .filter(event -> event.cost().isEmpty())
            .map(event -> event.attribution())
            .map(what -> new ModelName(what.provider(), what.model()))
            .collect(Collectors.toSet());
    PriceBook book = prices.load(workspace.id(), workspace.currency(), models);
    return events.stream().map(event -> price(book, event)).toList();
  }

  private static PricedEvent price(PriceBook book, UsageEvent event) {
    Attribution what = event.attribution();
    return event
        .cost()
        .or(() -> book.costOf(what.provider(), what.model(), event.tokens(), event.occurredAt()))
        .map(cost -> PricedEvent.priced(event, cost))
        .orElseGet(
            () -> PricedEvent.unpriced(event, book.ceilingOf(event.tokens(), event.occurredAt())));
  }
}
