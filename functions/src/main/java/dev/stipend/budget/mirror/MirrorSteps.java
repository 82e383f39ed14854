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

  /// Who edits the budgets of a source.
  public static String owner(String source) {
    return "source:" + source;
  }

  /// Follows a row that is new, or says something else than before.
  ///
  /// @param before what is known of it
  @Transactional
  public void follow(
      Workspace workspace,
      SpendSource source,
      BudgetTable table,
      HostBudget row,
      Optional<MirroredBudget> before,
      Instant now) {
    String owner = owner(source.settings().name());
    Optional<Budget> current =
        before
            .flatMap(MirroredBudget::budgetId)
            .flatMap(id -> budgets.find(source.workspaceId(), id))
            .filter(budget -> budget.status() != BudgetStatus.ARCHIVED);
    Optional<UUID> budget = Optional.empty();
    Optional<String> reason = Optional.empty();
    switch (MirroredTerms.of(row, workspace, owner)) {
      case MirroredTerms.Unfit unfit -> {
        current.ifPresent(old -> archive(old, owner, now));
        reason = Optional.of(unfit.reason());
      }
      case MirroredTerms.Fit fit when current.isEmpty() && !fit.isActive() ->
          reason = Optional.of("It is not active.");
      case MirroredTerms.Fit fit -> budget = Optional.of(follow(current, fit, owner, now, source));
    }
    mirrored.put(
        source,
        new MirroredBudget(table.name(), row.id(), row.said(), budget, reason, Optional.empty()),
        before.isEmpty());
  }

  /// Keeps why a row is no budget that the database does not take.
  ///
  /// @param before what is known of it
  @Transactional
  public void refuse(
      SpendSource source, BudgetTable table, HostBudget row, Optional<MirroredBudget> before) {
    mirrored.put(
        source,
        new MirroredBudget(
            table.name(),
            row.id(),
            row.said(),
            Optional.empty(),
            Optional.of("The database refuses it; the log says why."),
            Optional.empty()),
        before.isEmpty());
  }

  private UUID follow(
      Optional<Budget> current,
      MirroredTerms.Fit fit,
      String owner,
      Instant now,
      SpendSource source) {
    NewBudget wanted = fit.budget();
    Optional<Budget> kept = current.filter(budget -> countsTheSame(budget, wanted));
    if (kept.isPresent()) {
      BudgetStatus status = fit.isActive() ? BudgetStatus.ACTIVE : BudgetStatus.PAUSED;
      edit(
          kept.get(), owner, "budget.update", (budget, terms) -> terms(terms, wanted, status), now);
      return kept.get().id();
    }
    current.ifPresent(old -> archive(old, owner, now));
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
        .ifPresent(budget -> archive(budget, owner(source.settings().name()), now));
    mirrored.forget(source, gone);
  }

  private void archive(Budget budget, String owner, Instant now) {
    edit(
        budget,
        owner,
        "budget.archive",
        (old, terms) -> terms.withStatus(BudgetStatus.ARCHIVED).withoutIncreases(),
        now);
  }

  private void edit(
      Budget budget, String owner, String action, BudgetEdit.Change change, Instant now) {
    editing.edit(
        new BudgetEdit(
            budget.workspaceId(),
            budget.id(),
            version -> true,
            owner,
            action,
            Optional.empty(),
            change),
        now);
  }
}
