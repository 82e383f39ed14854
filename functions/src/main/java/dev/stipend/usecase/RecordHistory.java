package dev.stipend.usecase;

import dev.stipend.budget.period.Adjustments;
import dev.stipend.ingest.ledger.EventDigest;
import dev.stipend.ingest.ledger.EventPricing;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.ingest.ledger.OtherIds;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.ledger.UsageEventIds;
import dev.stipend.ingest.ledger.UsageLogs;
import dev.stipend.ingest.ledger.UsageLogs.Place;
import dev.stipend.ingest.record.DistinctEvents;
import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Records events of any age.
///
/// Events of the last 35 days are recorded as the live path does, so that both know each other's.
/// For older ones, whose ids are forgotten, the ledger itself is the arbiter: there an event is the
/// same when its id and its time are.
@Singleton
public class RecordHistory {
  private final LedgerLock lock;
  private final RecordingSteps recording;
  private final EventPricing pricing;
  private final UsageEventIds ids;
  private final OtherIds otherIds;
  private final Adjustments adjustments;
  private final UsageLogs logs;

  RecordHistory(
      LedgerLock lock,
      RecordingSteps recording,
      EventPricing pricing,
      UsageEventIds ids,
      OtherIds otherIds,
      Adjustments adjustments,
      UsageLogs logs) {
    this.lock = lock;
    this.recording = recording;
    this.pricing = pricing;
    this.ids = ids;
    this.otherIds = otherIds;
    this.adjustments = adjustments;
    this.logs = logs;
  }

  /// Creates the ledger's months that events fall into, but those that are known to be there. Not
  /// in the transaction that records them: a new month needs the ledger for itself, if only for a
  /// moment.
  ///
  /// @param open months that are there; those of the events are added
  public void openMonths(List<UsageEvent> events, Set<YearMonth> open) {
    for (UsageEvent event : events) {
      YearMonth month = YearMonth.from(event.occurredAt().atOffset(ZoneOffset.UTC));
      if (open.add(month)) {
        Instant start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        logs.createPartitions(start, start.plusSeconds(1));
      }
    }
  }

  /// Records events, in the caller's transaction if there is one, and answers what became of each.
  ///
  /// @param events as {@link UsageEventReader#ofAnyAge} reads them
  @Transactional
  public List<RecordOutcome> record(
      Workspace workspace, List<UsageEvent> events, UsageSender sender, Instant now) {
    ByAge byAge = ByAge.of(events, now);
    RecordingSteps.Appended ofRecent =
        byAge.recent().isEmpty()
            ? RecordingSteps.Appended.NOTHING
            : recording.append(workspace, byAge.recent(), sender, now);
    RecordingSteps.Appended ofOld =
        byAge.old().isEmpty()
            ? RecordingSteps.Appended.NOTHING
            : appendOld(workspace, byAge.old(), sender, now);
    // Counted together, whatever their age: rollup before counters, each in the order of its keys.
    List<PricedEvent> fresh = new ArrayList<>(ofRecent.fresh());
    fresh.addAll(ofOld.fresh());
    recording.count(workspace, fresh, List.of(), now);
    return byAge.inOrder(ofRecent.outcomes(), ofOld.outcomes());
  }

  /// Records adjustments of recorded events that nobody else writes, in the caller's transaction.
  @Transactional
  public void adjust(Workspace workspace, List<PricedEvent> adjustments, Instant now) {
    recording.write(workspace, adjustments, now);
  }

  /// Does what recording does, over no events.
  public void rehearse(Instant now) {
    recording.rehearse(now);
  }

  /// What would become of events if they were recorded now. Nothing is written or locked.
  ///
  /// @param events as {@link UsageEventReader#ofAnyAge} reads them
  @Transactional
  public List<RecordOutcome> foresee(Workspace workspace, List<UsageEvent> events, Instant now) {
    ByAge byAge = ByAge.of(events, now);
    DistinctEvents<String> recent = DistinctEvents.of(byAge.recent(), UsageEvent::eventId);
    Map<String, EventDigest> claimed =
        new HashMap<>(ids.digests(workspace.id(), recent.except(Set.of())));
    otherIds.recorded(workspace.id(), recent.events()).forEach(claimed::putIfAbsent);
    DistinctEvents<Place> old = DistinctEvents.of(byAge.old(), Place::of);
    Map<Place, UsageLogs.Known> written = logs.find(workspace.id(), old.except(Set.of()));
    return byAge.inOrder(
        recent.outcomes(
            byAge.recent(),
            unknown(workspace, recent, claimed.keySet()),
            Map.of(),
            claimed,
            EventDigest::isOf),
        old.outcomes(
            byAge.old(),
            unknown(workspace, old, written.keySet()),
            Map.of(),
            written,
            UsageLogs.Known::isSameAs));
  }

  private <K> List<PricedEvent> unknown(
      Workspace workspace, DistinctEvents<K> distinct, Set<K> known) {
    return pricing.price(
        workspace,
        distinct.events().stream()
            .filter(event -> !known.contains(distinct.identity().apply(event)))
            .toList());
  }

  private RecordingSteps.Appended appendOld(
      Workspace workspace, List<UsageEvent> events, UsageSender sender, Instant now) {
    lock.recording(workspace.id());
    DistinctEvents<Place> distinct = DistinctEvents.of(events, Place::of);
    List<PricedEvent> priced = pricing.price(workspace, distinct.events());
    Set<Place> written = logs.appendUnknown(workspace.id(), priced, now);
    List<PricedEvent> fresh =
        priced.stream().filter(one -> written.contains(Place.of(one.event()))).toList();
    adjustments.audit(workspace.id(), fresh, sender, now);
    Map<Place, UsageLogs.Known> known = logs.find(workspace.id(), distinct.except(written));
    return new RecordingSteps.Appended(
        distinct.outcomes(events, fresh, Map.of(), known, UsageLogs.Known::isSameAs), fresh);
  }

  /// Events by whether their ids are remembered.
  ///
  /// @param isOld for each event, in their order
  private record ByAge(List<Boolean> isOld, List<UsageEvent> recent, List<UsageEvent> old) {
    static ByAge of(List<UsageEvent> events, Instant now) {
      Instant remembered = now.minus(UsageEventReader.OLDEST);
      List<Boolean> isOld = new ArrayList<>(events.size());
      List<UsageEvent> recent = new ArrayList<>();
      List<UsageEvent> old = new ArrayList<>();
      for (UsageEvent event : events) {
        boolean forgotten = event.occurredAt().isBefore(remembered);
        isOld.add(forgotten);
        (forgotten ? old : recent).add(event);
      }
      return new ByAge(isOld, recent, old);
    }

    /// What became of each, in the order of the events.
    List<RecordOutcome> inOrder(List<RecordOutcome> ofRecent, List<RecordOutcome> ofOld) {
      Iterator<RecordOutcome> nextRecent = ofRecent.iterator();
      Iterator<RecordOutcome> nextOld = ofOld.iterator();
      return isOld.stream().map(old -> old ? nextOld.next() : nextRecent.next()).toList();
    }
  }
}
