package dev.stipend.budget;

import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The budgets of a workspace.
@Singleton
public class BudgetCatalog {
  private final BudgetRepository budgets;

  BudgetCatalog(BudgetRepository budgets) {
    this.budgets = budgets;
  }

  /// A budget of a workspace.
  ///
  /// @throws UnreadableBudgetException if this release cannot read it
  @Transactional
  public Optional<Budget> find(UUID workspace, UUID id) {
    return budgets.find(workspace, id);
  }

  /// A budget, whether or not this release can read it.
  @Transactional
  public Optional<StoredBudget> findStored(UUID workspace, UUID id) {
    return budgets.findStored(workspace, id);
  }

  /// The channels that budgets name, each once, by the budget's id; without those that name none.
  @Transactional
  public Map<UUID, List<UUID>> channelsOf(UUID workspace, Collection<UUID> ids) {
    return budgets.channelsOf(workspace, ids);
  }

  /// The budgets with these ids in these workspaces.
  ///
  /// @throws UnreadableBudgetException naming all of them that this release cannot read
  @Transactional
  public List<Budget> findAll(Collection<UUID> workspaces, Collection<UUID> ids) {
    return budgets.findAll(workspaces, ids);
  }

  /// Those of the budgets of a workspace that there are, by their id, whether or not this release
  /// can read them.
  @Transactional
  public Map<UUID, StoredBudget> findStored(UUID workspace, Collection<UUID> ids) {
    return budgets.findStored(workspace, ids).stream()
        .collect(Collectors.toMap(StoredBudget::id, Function.identity()));
  }

  /// Other budgets of the same scope, with the same name, that are not archived.
  @Transactional
  public List<Budget> namesakes(Budget budget) {
    ScopePair same = new ScopePair(budget.scope(), budget.scopeId(), "");
    return budgets.findByScope(budget.workspaceId(), List.of(same)).stream()
        .flatMap(stored -> stored instanceof Budget other ? Stream.of(other) : Stream.empty())
        .filter(other -> other.name().equals(budget.name()) && !other.id().equals(budget.id()))
        .toList();
  }

  /// A budget that counts somebody.
  ///
  /// @param subject the id that they count for there
  public record Counting(Budget budget, String subject) {}

  /// The active budgets that count a user whatever they use: their own, those over each user, and
  /// those of the workspace. Those that cannot be read are left out.
  @Transactional
  public List<Counting> counting(Workspace workspace, String user) {
    List<ScopePair> pairs =
        List.of(
            new ScopePair(Scope.USER, user, user),
            new ScopePair(Scope.USER, Scope.EACH, user),
            new ScopePair(Scope.WORKSPACE, workspace.slug(), workspace.slug()));
    return budgets.findByScope(workspace.id(), pairs).stream()
        .flatMap(stored -> stored instanceof Budget budget ? Stream.of(budget) : Stream.empty())
        .filter(budget -> budget.status() == BudgetStatus.ACTIVE)
        .map(budget -> new Counting(budget, budget.scope() == Scope.USER ? user : workspace.slug()))
        .toList();
  }

  /// A page of the budgets of a workspace, newest first.
  @Transactional
  public List<StoredBudget> page(UUID workspace, BudgetFilter filter, int limit) {
    return budgets.page(workspace, filter, limit);
  }
}
