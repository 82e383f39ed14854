package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.backfill.Backfilling;
import dev.stipend.budget.edit.EditOutcome.Archived;
import dev.stipend.budget.edit.EditOutcome.Edited;
import dev.stipend.budget.edit.EditOutcome.Missing;
import dev.stipend.budget.edit.EditOutcome.Owned;
import dev.stipend.budget.edit.EditOutcome.Stale;
import dev.stipend.budget.edit.EditOutcome.Unchanged;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.PeriodLimits;
import dev.stipend.budget.period.PeriodListener;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.platform.sql.AfterCommit;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Edits budgets, and has their counters evaluated at once under the new terms.
///
/// While a budget is edited, nobody records in its workspace: a recorder that still compared spend
/// with the old thresholds would mark too few counters for evaluation.
@Singleton
public class BudgetEditing {
  /// Counters that one evaluation takes, so that it holds few rows at a time.
  private static final int AT_ONCE = 500;

  private final BudgetRepository budgets;
  private final BudgetWriter writer;
  private final BudgetHistory history;
  private final PeriodLimits limits;
  private final Backfilling backfilling;
  private final LedgerLock lock;
  private final AfterCommit afterCommit;
  private final PeriodListener evaluation;

  BudgetEditing(
      BudgetRepository budgets,
      BudgetWriter writer,
      BudgetHistory history,
      PeriodLimits limits,
      Backfilling backfilling,
      LedgerLock lock,
      AfterCommit afterCommit,
      PeriodListener evaluation) {
    this.budgets = budgets;
    this.writer = writer;
    this.history = history;
    this.limits = limits;
    this.backfilling = backfilling;
    this.lock = lock;
    this.afterCommit = afterCommit;
    this.evaluation = evaluation;
  }

  /// Edits a budget, unless it has changed since, is archived, belongs to somebody else, or is so
  /// already.
  @Transactional
  public EditOutcome edit(BudgetEdit edit, Instant now) {
    lock.standstill(edit.workspaceId());
    Optional<Budget> found = budgets.lock(edit.workspaceId(), edit.budgetId());
    if (found.isEmpty()) {
      return new Missing();
    }
    Budget before = found.get();
    if (before.status() == BudgetStatus.ARCHIVED) {
      return new Archived(before);
    }
    Optional<String> other = before.owner().filter(owner -> !owner.equals(edit.actor()));
    if (other.isPresent()) {
      return new Owned(before, other.get());
    }
    if (!edit.expected().test(before.version())) {
      return new Stale(before);
    }
    BudgetTerms old = BudgetTerms.of(before, channelsOf(before));
    BudgetTerms terms = edit.change().of(before, old);
    if (terms.equals(old)) {
      return new Unchanged(before);
    }
    writer.update(before, old, terms, now);
    Budget after = budgets.find(before.workspaceId(), before.id()).orElseThrow();
    history.write(edit, after, old, terms, now);
    List<PeriodKey> changed = limits.follow(before, after, terms.subjectsThatChange(old), now);
    if (!terms.endsAt().equals(old.endsAt())) {
      backfilling.beginAgain(after, now);
      afterCommit.run(() -> backfilling.fillAtOnce(after, now));
    }
    afterCommit.run(() -> evaluate(changed, now));
    return new Edited(after);
  }

  private List<UUID> channelsOf(Budget budget) {
    return budgets
        .channelsOf(budget.workspaceId(), List.of(budget.id()))
        .getOrDefault(budget.id(), List.of());
  }

  private void evaluate(List<PeriodKey> changed, Instant now) {
    for (int from = 0; from < changed.size(); from += AT_ONCE) {
      evaluation.changed(changed.subList(from, Math.min(from + AT_ONCE, changed.size())), now);
    }
  }
}
