package dev.stipend.spend;

import dev.stipend.spend.UsageLogs.Place;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Records events of any age.
///
/// Events of the last 35 days are recorded as the live path does, so that both know each other's.
/// For older ones, whose ids are forgotten, the ledger itself is the arbiter: there an event is the
/// same when its id and its time are.
@Singleton
public class UsageHistory {
  private final LedgerLock lock;
  private final UsageLedger ledger;
  private final UsageLogs logs;

  UsageHistory(LedgerLock lock, UsageLedger ledger, UsageLogs logs) {
    this.lock = lock;
    this.ledger = ledger;
    this.logs = logs;
  }

  /// What became of the events, in their order, and what is left to do after the commit.
  public record Recorded(List<Fate> fates, List<Runnable> afterCommit) {
    /// Does what is left; nothing is lost if it fails, for the next sweep does it too.
    public void finish() {
      afterCommit.forEach(UsageRecorder::runSafely);
    }
  }

  /// Creates the ledger's months that events fall into. Not in the transaction that records them: a
  /// new month needs the ledger for itself, if only for a moment.
  @Transactional
  public void openMonths(Instant from, Instant until) {
    logs.createPartitions(from, until);
  }

  /// Records events, in the caller's transaction if there is one.
  ///
  /// @param events as {@link UsageEventReader#ofAnyAge} reads them
  @Transactional
  public Recorded record(Workspace workspace, List<UsageEvent> events, Instant now) {
    Instant remembered = now.minus(UsageEventReader.OLDEST);
    List<UsageEvent> recent = new ArrayList<>();
    List<UsageEvent> old = new ArrayList<>();
    events.forEach(event -> (event.occurredAt().isBefore(remembered) ? old : recent).add(event));
    UsageLedger.Appended ofRecent =
        recent.isEmpty() ? UsageLedger.Appended.NOTHING : ledger.append(workspace, recent, now);
    UsageLedger.Appended ofOld =
        old.isEmpty() ? UsageLedger.Appended.NOTHING : appendOld(workspace, old, now);
    List<Fate> fates = new ArrayList<>(events.size());
    int nextRecent = 0;
    int nextOld = 0;
    for (UsageEvent event : events) {
      fates.add(
          event.occurredAt().isBefore(remembered)
              ? ofOld.fates().get(nextOld++)
              : ofRecent.fates().get(nextRecent++));
    }
    // Counted together, whatever their age: rollup before counters, each in the order of its keys.
    List<PricedEvent> fresh = new ArrayList<>(ofRecent.fresh());
    fresh.addAll(ofOld.fresh());
    return new Recorded(fates, ledger.count(workspace, fresh, now));
  }

  private UsageLedger.Appended appendOld(
      Workspace workspace, List<UsageEvent> events, Instant now) {
    lock.recording(workspace.id());
    Firsts<Place> firsts = Firsts.of(events, Place::of);
    List<PricedEvent> priced = ledger.price(workspace, firsts.events());
    Set<Place> written = logs.appendUnknown(workspace.id(), priced, now);
    List<PricedEvent> fresh =
        priced.stream().filter(one -> written.contains(Place.of(one.event()))).toList();
    Map<Place, UsageLogs.Known> known = logs.find(workspace.id(), firsts.except(written));
    return new UsageLedger.Appended(
        firsts.fates(events, fresh, known, UsageLogs.Known::isSameAs), fresh);
  }
}
