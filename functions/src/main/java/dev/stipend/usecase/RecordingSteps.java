package dev.stipend.usecase;

import dev.stipend.budget.period.Adjustments;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.PeriodSpend;
import dev.stipend.ingest.ledger.CostTracking;
import dev.stipend.ingest.ledger.EventDigest;
import dev.stipend.ingest.ledger.EventPricing;
import dev.stipend.ingest.ledger.FreedHold;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.ingest.ledger.OtherIds;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.ledger.UsageEventIds;
import dev.stipend.ingest.ledger.UsageLogs;
import dev.stipend.ingest.record.DistinctEvents;
import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.platform.sql.AfterCommit;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The steps of a transaction that records usage: first events are {@link #append appended} to the
/// ledger, then they are {@link #count counted}. Everything that records, settles, imports or
/// prices late takes them, in its own transaction and in this order.
@Singleton
class RecordingSteps {
  /// Events that are in the ledger.
  ///
  /// @param outcomes what became of all events that were to be there, in their order
  /// @param fresh those that were not there before, which nothing counts yet
  record Appended(List<RecordOutcome> outcomes, List<PricedEvent> fresh) {
    static final Appended NOTHING = new Appended(List.of(), List.of());
  }

  private final LedgerLock lock;
  private final UsageEventIds ids;
  private final OtherIds otherIds;
  private final EventPricing pricing;
  private final Adjustments adjustments;
  private final UsageLogs logs;
  private final UnpricedEvents unpriced;
  private final CostTracking tracking;
  private final PeriodSpend spend;
  private final AfterCommit afterCommit;
  private final EvaluateBudgets evaluation;

  RecordingSteps(
      LedgerLock lock,
      UsageEventIds ids,
      OtherIds otherIds,
      EventPricing pricing,
      Adjustments adjustments,
      UsageLogs logs,
      UnpricedEvents unpriced,
      CostTracking tracking,
      PeriodSpend spend,
      AfterCommit afterCommit,
      EvaluateBudgets evaluation) {
    this.lock = lock;
    this.ids = ids;
    this.otherIds = otherIds;
    this.pricing = pricing;
    this.adjustments = adjustments;
    this.logs = logs;
    this.unpriced = unpriced;
    this.tracking = tracking;
    this.spend = spend;
    this.afterCommit = afterCommit;
    this.evaluation = evaluation;
  }

  /// Appends the events whose ids nobody has claimed before, with their prices. The caller has to
  /// count them.
  Appended append(Workspace workspace, List<UsageEvent> events, UsageSender sender, Instant now) {
    lock.recording(workspace.id());
    DistinctEvents<String> distinct = DistinctEvents.of(events, UsageEvent::eventId);
    otherIds.claim(workspace.id(), distinct.events(), now);
    Map<String, EventDigest> elsewhere = otherIds.recorded(workspace.id(), distinct.events());
    Set<String> claimed =
        ids.claim(
            workspace.id(),
            distinct.events().stream()
                .filter(event -> !elsewhere.containsKey(event.eventId()))
                .map(UsageEventIds.Entry::of)
                .toList(),
            now);
    Map<String, EventDigest> known = ids.digests(workspace.id(), distinct.except(claimed));
    elsewhere.forEach(known::putIfAbsent);
    List<PricedEvent> fresh =
        pricing.price(
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
    return new Appended(distinct.outcomes(events, fresh, refused, known, EventDigest::isOf), fresh);
  }

  /// Counts events that are appended: once in a transaction, for whoever holds counters must not
  /// wait for anything else. After the commit, budgets that crossed a threshold are evaluated.
  ///
  /// @param freed holds that end with them
  void count(Workspace workspace, List<PricedEvent> fresh, List<FreedHold> freed, Instant now) {
    if (fresh.isEmpty() && freed.isEmpty()) {
      return;
    }
    unpriced.add(workspace.id(), fresh);
    tracking.add(workspace.id(), fresh);
    // Counters lock the hottest rows, so they come last and hold them shortest.
    List<PeriodKey> crossed = spend.count(workspace, fresh, freed, now);
    if (!crossed.isEmpty()) {
      afterCommit.run(() -> evaluation.changed(crossed, now));
    }
  }

  /// Appends events that nobody else writes, and counts them.
  void write(Workspace workspace, List<PricedEvent> fresh, Instant now) {
    logs.append(workspace.id(), fresh, now);
    count(workspace, fresh, List.of(), now);
  }

  /// Does what recording does, over no events: each statement is sent, and has no rows to write.
  @Transactional
  public void rehearse(Instant now) {
    Workspace nobody = new Workspace(new UUID(0, 0), "nobody", "Nobody", "USD", "UTC", "en");
    append(nobody, List.of(), UsageSender.QUEUE, now);
    logs.append(nobody.id(), List.of(), now);
    tracking.add(nobody.id(), List.of());
    spend.count(nobody, List.of(), List.of(), now);
  }
}
