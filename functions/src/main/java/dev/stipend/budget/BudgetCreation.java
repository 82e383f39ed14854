package dev.stipend.budget;

import dev.stipend.sql.AfterCommit;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Creates budgets, and has a new one evaluated at once: it may be over a line already.
@Singleton
public class BudgetCreation {
  private final BudgetCatalog catalog;
  private final Counters counters;
  private final List<CounterListener> listeners;

  BudgetCreation(BudgetCatalog catalog, Counters counters, List<CounterListener> listeners) {
    this.catalog = catalog;
    this.counters = counters;
    this.listeners = listeners;
  }

  /// Creates a budget that counts all spend of its current period.
  ///
  /// @param later what is to be done once this is committed
  @Transactional
  public Budget create(UUID workspace, NewBudget wanted, Instant now, AfterCommit later) {
    Budget budget = catalog.create(workspace, wanted, now);
    List<CounterKey> filled = counters.keysOf(workspace, budget.id());
    listeners.forEach(listener -> later.add(() -> listener.changed(filled, now)));
    return budget;
  }
}
