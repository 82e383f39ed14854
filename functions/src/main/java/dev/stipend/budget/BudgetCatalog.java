package dev.stipend.budget;

import dev.stipend.spend.LedgerHorizon;
import dev.stipend.spend.LedgerLock;
import dev.stipend.time.Cadence;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// The budgets of a workspace.
@Singleton
public class BudgetCatalog {
  /// Complete past periods that a new budget fills for its history.
  private static final int PAST_PERIODS = 12;

  private final BudgetRepository budgets;
  private final BudgetWriter writer;
  private final BudgetHistory history;
  private final BudgetPeriodRebuild rebuild;
  private final LedgerLock lock;
  private final LedgerHorizon horizon;

  BudgetCatalog(
      BudgetRepository budgets,
      BudgetWriter writer,
      BudgetHistory history,
      BudgetPeriodRebuild rebuild,
      LedgerLock lock,
      LedgerHorizon horizon) {
    this.budgets = budgets;
    this.writer = writer;
    this.history = history;
    this.rebuild = rebuild;
    this.lock = lock;
    this.horizon = horizon;
  }

  /// Creates a budget that counts all spend of its current period. Its counters are marked for
  /// evaluation.
  @Transactional
  Budget create(UUID workspace, NewBudget wanted, Instant now) {
    lock.standstill(workspace);
    UUID id = writer.insert(workspace, wanted, countsFrom(wanted, now), now);
    Budget budget = budgets.find(workspace, id).orElseThrow();
    history.begin(budget, wanted.channels(), wanted.actor(), now);
    rebuild.fill(budget, now);
    return budget;
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

  /// Other budgets of the same scope, with the same name, that are not archived.
  @Transactional
  public List<Budget> namesakes(Budget budget) {
    ScopePair same = new ScopePair(budget.scope(), budget.scopeId(), "");
    return budgets.findByScope(budget.workspaceId(), List.of(same)).stream()
        .flatMap(stored -> stored instanceof Budget other ? Stream.of(other) : Stream.empty())
        .filter(other -> other.name().equals(budget.name()) && !other.id().equals(budget.id()))
        .toList();
  }

  /// A page of the budgets of a workspace, newest first.
  @Transactional
  public List<StoredBudget> page(UUID workspace, BudgetFilter filter, int limit) {
    return budgets.page(workspace, filter, limit);
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
