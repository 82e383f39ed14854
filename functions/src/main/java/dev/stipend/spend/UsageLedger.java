package dev.stipend.spend;

import dev.stipend.money.Money;
import dev.stipend.price.ModelName;
import dev.stipend.price.PriceBook;
import dev.stipend.price.PriceBookRepository;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Records events exactly once, with everything that counts them, in one transaction.
@Singleton
class UsageLedger {
  /// What became of one event.
  enum Fate {
    RECORDED,
    /// Recorded, at no cost that anybody knows.
    UNPRICED,
    DUPLICATE,
    /// Refused: its id belongs to an event of other content.
    CONFLICT
  }

  /// What became of the events, in their order, and what is left to do after the commit.
  record Recorded(List<Fate> fates, List<Runnable> afterCommit) {}

  private final LedgerLock lock;
  private final UsageEventIds ids;
  private final UsageLogs logs;
  private final CostTracking tracking;
  private final PriceBookRepository prices;
  private final List<SpendCounter> counters;

  UsageLedger(
      LedgerLock lock,
      UsageEventIds ids,
      UsageLogs logs,
      CostTracking tracking,
      PriceBookRepository prices,
      List<SpendCounter> counters) {
    this.lock = lock;
    this.ids = ids;
    this.logs = logs;
    this.tracking = tracking;
    this.prices = prices;
    this.counters = counters;
  }

  @Transactional
  Recorded record(Workspace workspace, List<UsageEvent> events, Instant now) {
    lock.recording(workspace.id());
    Map<String, UsageEvent> firsts = new LinkedHashMap<>();
    events.forEach(event -> firsts.putIfAbsent(event.eventId(), event));
    List<UsageEventIds.Entry> entries =
        firsts.values().stream().map(UsageEventIds.Entry::of).toList();
    Set<String> claimed = ids.claim(workspace.id(), entries, now);
    Map<String, String> digests = new HashMap<>();
    entries.forEach(entry -> digests.put(entry.eventId(), entry.digest()));
    if (claimed.size() < firsts.size()) {
      List<String> known = firsts.keySet().stream().filter(id -> !claimed.contains(id)).toList();
      digests.putAll(ids.digests(workspace.id(), known));
    }
    List<PricedEvent> fresh =
        price(
            workspace,
            firsts.values().stream().filter(e -> claimed.contains(e.eventId())).toList());
    return new Recorded(
        fates(events, fresh, digests), fresh.isEmpty() ? List.of() : write(workspace, fresh, now));
  }

  private List<Runnable> write(Workspace workspace, List<PricedEvent> fresh, Instant now) {
    logs.append(workspace.id(), fresh, now);
    tracking.add(workspace.id(), fresh);
    // Counters lock the hottest rows, so they come last and hold them shortest.
    return counters.stream().map(counter -> counter.count(workspace, fresh, now)).toList();
  }

  private List<PricedEvent> price(Workspace workspace, List<UsageEvent> events) {
    Set<ModelName> models =
        events.stream()
            .filter(event -> event.cost().isEmpty())
            .map(event -> event.attribution())
            .map(what -> new ModelName(what.provider(), what.model()))
            .collect(Collectors.toSet());
    if (models.isEmpty()) {
      return events.stream().map(event -> new PricedEvent(event, event.cost())).toList();
    }
    PriceBook book = prices.load(workspace.id(), workspace.currency(), models);
    return events.stream().map(event -> new PricedEvent(event, cost(book, event))).toList();
  }

  private static Optional<Money> cost(PriceBook book, UsageEvent event) {
    Attribution what = event.attribution();
    return event
        .cost()
        .or(() -> book.costOf(what.provider(), what.model(), event.tokens(), event.occurredAt()));
  }

  /// The first event of a new id is recorded; every other is compared with the digest that its id
  /// is known by.
  private static List<Fate> fates(
      List<UsageEvent> events, List<PricedEvent> fresh, Map<String, String> digests) {
    Map<String, PricedEvent> unanswered = new HashMap<>();
    fresh.forEach(priced -> unanswered.put(priced.event().eventId(), priced));
    List<Fate> fates = new ArrayList<>();
    for (UsageEvent event : events) {
      PricedEvent first = unanswered.remove(event.eventId());
      if (first != null) {
        fates.add(first.cost().isPresent() ? Fate.RECORDED : Fate.UNPRICED);
      } else {
        boolean same = EventDigest.of(event).equals(digests.get(event.eventId()));
        fates.add(same ? Fate.DUPLICATE : Fate.CONFLICT);
      }
    }
    return fates;
  }
}
