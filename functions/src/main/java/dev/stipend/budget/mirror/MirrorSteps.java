package dev.stipend.budget.mirror;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.edit.BudgetCreation;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.budget.edit.BudgetTerms;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Makes a budget what its row says, each in a transaction of its own.
@Singleton
public class MirrorSteps {
  private final MirroredBudgets mirrored;
  private final BudgetRepository budgets;
  private final BudgetCreation creation;
  private final BudgetEditing editing;

  MirrorSteps(
      MirroredBudgets mirrored,
      BudgetRepository budgets,
      BudgetCreation creation,
      BudgetEditing editing) {
    this.mirrored = mirrored;
    this.budgets = budgets;
    this.creation = creation;
    this.editing = editing;
  }

  /// Follows a row that is new, or says something else than before. Answers whether the source is
  /// still there: of one that is removed meanwhile, no budget is made.
  ///
  /// @param before what is known of it
  @Transactional
  public boolean follow(
      Workspace workspace,
      SpendSource source,
      BudgetTable table,
      HostBudget row,
      Optional<MirroredBudget> before,
      Instant now) {
    Optional<String> owner = mirrored.owner(source);
    if (owner.isEmpty()) {
      return false;
    }
    Optional<Budget> current =
        before
            .flatMap(MirroredBudget::budgetId)
            .flatMap(id -> budgets.find(source.workspaceId(), id))
            .filter(budget -> budget.status() != BudgetStatus.ARCHIVED);
    Optional<UUID> budget = Optional.empty();
    Optional<String> reason = Optional.empty();
    switch (MirroredTerms.of(row, workspace, owner.get())) {
      case MirroredTerms.Unfit unfit -> {
        current.ifPresent(old -> archive(old, now));
        reason = Optional.of(unfit.reason());
      }
      case MirroredTerms.Fit fit when current.isEmpty() && !fit.isActive() ->
          reason = Optional.of("It is not active.");
      case MirroredTerms.Fit fit -> budget = Optional.of(follow(current, fit, source, now));
    }
    mirrored.put(
        source,
        new MirroredBudget(table.name(), row.id(), row.said(), budget, reason, Optional.empty()),
        before.isEmpty());
    return true;
  }

  /// Keeps that a row could not be followed. It is tried again with each pull.
  ///
  /// @param before what is known of it
  @Transactional
  public void refuse(
      SpendSource source, BudgetTable table, HostBudget row, Optional<MirroredBudget> before) {
    if (mirrored.owner(source).isPresent()) {
      mirrored.put(
          source,
          new MirroredBudget(
              table.name(),
              row.id(),
              "",
              before.flatMap(MirroredBudget::budgetId),
              before.flatMap(MirroredBudget::budgetId).isPresent()
                  ? Optional.empty()
                  : Optional.of("It could not be kept; the log says why."),
              Optional.empty()),
          before.isEmpty());
    }
  }

  private UUID follow(
      Optional<Budget> current, MirroredTerms.Fit fit, SpendSource source, Instant now) {
    NewBudget wanted = fit.budget();
    Optional<Budget> kept = current.filter(budget -> countsTheSame(budget, wanted));
    if (kept.isPresent()) {
      BudgetStatus status = fit.isActive() ? BudgetStatus.ACTIVE : BudgetStatus.PAUSED;
      edit(kept.get(), "budget.update", (budget, terms) -> terms(terms, wanted, status), now);
      return kept.get().id();
    }
    current.ifPresent(old -> archive(old, now));
    return creation.create(source.workspaceId(), wanted, now).id();
  }

  private static boolean countsTheSame(Budget budget, NewBudget wanted) {
    return budget.scope() == wanted.scope()
        && budget.scopeId().equals(wanted.scopeId())
        && budget.cadence().equals(wanted.cadence());
  }

  private static BudgetTerms terms(BudgetTerms terms, NewBudget wanted, BudgetStatus status) {
    return new BudgetTerms(
        wanted.name(),
        wanted.limit(),
        wanted.thresholds(),
        terms.channels(),
        wanted.hardLimit(),
        wanted.onFailure(),
        status,
        terms.endsAt(),
        terms.increase(),
        terms.subjectIncreases());
  }

  /// Archives the budget of a row that is gone.
  @Transactional
  public void forget(SpendSource source, MirroredBudget gone, Instant now) {
    gone.budgetId()
        .flatMap(id -> budgets.find(source.workspaceId(), id))
        .ifPresent(budget -> archive(budget, now));
    mirrored.forget(source, gone);
  }

  private void archive(Budget budget, Instant now) {
    edit(
        budget,
        "budget.archive",
        (old, terms) -> terms.withStatus(BudgetStatus.ARCHIVED).withoutIncreases(),
        now);
  }

  /// As its owner: nobody else edits it.
  private void edit(Budget budget, String action, BudgetEdit.Change change, Instant now) {
    editing.edit(
        new BudgetEdit(
            budget.workspaceId(),
            budget.id(),
            version -> true,
            budget.owner().orElseThrow(),
            action,
            Optional.empty(),
            change),
        now);
  }
}
