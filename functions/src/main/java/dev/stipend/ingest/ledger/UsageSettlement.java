package dev.stipend.ingest.ledger;

import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Records the usage that a hold was for, and ends the hold, in one transaction.
@Singleton
public class UsageSettlement {
  /// Records no adjustments.
  private static final UsageSender SENDER = new UsageSender("reservation", false);

  private final UsageLedger ledger;
  private final CorrectedEvents recorded;

  UsageSettlement(UsageLedger ledger, CorrectedEvents recorded) {
    this.ledger = ledger;
    this.recorded = recorded;
  }

  /// What became of the event.
  ///
  /// @param outcome as of any event
  /// @param cost what the ledger counts for it; empty when nobody knows its price and no ceiling
  ///     counts meanwhile
  public record Settled(RecordOutcome outcome, Optional<Money> cost) {}

  /// Records an event in the caller's transaction. The holds end whether or not the event is new;
  /// when it is refused, as when its id belongs to another, nothing is changed.
  @Transactional
  public Settled record(Workspace workspace, UsageEvent event, List<FreedHold> freed, Instant now) {
    UsageLedger.Appended appended = ledger.append(workspace, List.of(event), SENDER, now);
    RecordOutcome outcome = appended.outcomes().getFirst();
    if (outcome instanceof RecordOutcome.Refused) {
      return new Settled(outcome, Optional.empty());
    }
    ledger.count(workspace, appended.fresh(), freed, now);
    Optional<Money> cost =
        appended.fresh().isEmpty() ? costOf(workspace, event) : appended.fresh().getFirst().cost();
    return new Settled(outcome, cost);
  }

  /// What was recorded before has its price, whatever the price book says by now.
  private Optional<Money> costOf(Workspace workspace, UsageEvent event) {
    return Optional.ofNullable(
            recorded.lock(workspace.id(), List.of(event.eventId())).get(event.eventId()))
        .flatMap(CorrectedEvent::cost);
  }
}
