package dev.stipend.spend;

import dev.stipend.money.Money;
import dev.stipend.sql.AfterCommit;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Records the usage that a hold was for, and ends the hold, in one transaction.
@Singleton
public class UsageSettlement {
  private final UsageLedger ledger;

  UsageSettlement(UsageLedger ledger) {
    this.ledger = ledger;
  }

  /// What became of the event.
  ///
  /// @param fate as of any event
  /// @param cost what it costs; empty when nobody knows its price
  public record Settled(Fate fate, Optional<Money> cost) {}

  /// Records an event in the caller's transaction. The holds end whether or not the event is new;
  /// when its id belongs to another, nothing is changed.
  ///
  /// @param later what is to be done once this is committed
  @Transactional
  public Settled record(
      Workspace workspace,
      UsageEvent event,
      List<FreedHold> freed,
      Instant now,
      AfterCommit later) {
    UsageLedger.Appended appended = ledger.append(workspace, List.of(event), now);
    Fate fate = appended.fates().getFirst();
    if (fate == Fate.CONFLICT) {
      return new Settled(fate, Optional.empty());
    }
    for (Runnable work : ledger.count(workspace, appended.fresh(), freed, now)) {
      later.add(() -> UsageRecorder.runSafely(work));
    }
    Optional<Money> cost =
        appended.fresh().isEmpty()
            ? ledger.price(workspace, List.of(event)).getFirst().cost()
            : appended.fresh().getFirst().cost();
    return new Settled(fate, cost);
  }
}
