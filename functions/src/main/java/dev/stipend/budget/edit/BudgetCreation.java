package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.backfill.Backfilling;
import dev.stipend.budget.period.RecordedPeriods;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.platform.sql.AfterCommit;
import dev.stipend.time.Cadence;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;

/// Creates budgets, and has what was spent before counted and evaluated at once: a new one may be
/// over a threshold already.
///
/// For a moment nobody records in the workspace, so that every later recording counts for the
/// budget, and whatever was recorded before is in the ledger.
@Singleton
public class BudgetCreation {
  /// Complete past periods that a new budget fills for its history.
  private static final int PAST_PERIODS = 12;

  private final BudgetRepository budgets;
  private final BudgetWriter writer;
  private final BudgetHistory history;
  private final Backfilling backfilling;
  private final LedgerLock lock;
  private final LedgerHorizon horizon;
  private final AfterCommit afterCommit;

  BudgetCreation(
      BudgetRepository budgets,
      BudgetWriter writer,
      BudgetHistory history,
      Backfilling backfilling,
      LedgerLock lock,
      LedgerHorizon horizon,
      AfterCommit afterCommit) {
    this.budgets = budgets;
    this.writer = writer;
    this.history = history;
    this.backfilling = backfilling;
    this.lock = lock;
    this.horizon = horizon;
    this.afterCommit = afterCommit;
  }

  /// Creates a budget that counts from now on, and has what was spent before counted, too.
  @Transactional
  public Budget create(UUID workspace, NewBudget wanted, Instant now) {
    lock.standstill(workspace);
    UUID id = writer.insert(workspace, wanted, countsFrom(wanted, now), now);
    Budget budget = budgets.find(workspace, id).orElseThrow();
    history.begin(budget, wanted.channels(), wanted.actor(), now);
    backfilling.begin(budget, now);
    afterCommit.run(() -> backfilling.fillAtOnce(budget, now));
    return budget;
  }

  private Instant countsFrom(NewBudget wanted, Instant now) {
    return RecordedPeriods.countsFrom(
        wanted.scope(), wanted.cadence(), oldest(wanted.cadence(), now), horizon.both());
  }

  private static Instant oldest(Cadence cadence, Instant now) {
    if (cadence instanceof TotalCadence total) {
      return total.period().start();
    }
    Period oldest = cadence.periodAt(now).orElseThrow();
    for (int i = 0; i < PAST_PERIODS; i++) {
      oldest = cadence.before(oldest).orElseThrow();
    }
    return oldest.start();
  }
}
