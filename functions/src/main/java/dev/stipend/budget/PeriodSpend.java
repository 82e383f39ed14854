package dev.stipend.budget;

import dev.stipend.spend.PricedEvent;
import dev.stipend.spend.SpendCounter;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import dev.stipend.workspace.Workspace;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Counts recorded events in every budget that they belong to.
@Singleton
class PeriodSpend implements SpendCounter {
  private final BudgetRepository budgets;
  private final List<CounterListener> listeners;
  private final JdbcOperations jdbc;

  PeriodSpend(BudgetRepository budgets, List<CounterListener> listeners, JdbcOperations jdbc) {
    this.budgets = budgets;
    this.listeners = listeners;
    this.jdbc = jdbc;
  }

  @Override
  public Runnable count(Workspace workspace, List<PricedEvent> events, Instant now) {
    List<CounterIncrement> increments = increments(workspace, events);
    if (!increments.isEmpty()) {
      add(increments, now);
    }
    List<CounterKey> changed = increments.stream().map(CounterIncrement::key).toList();
    return () -> listeners.forEach(listener -> listener.changed(changed, now));
  }

  private List<CounterIncrement> increments(Workspace workspace, List<PricedEvent> events) {
    Set<ScopePair> pairs = new LinkedHashSet<>();
    events.forEach(priced -> pairs.addAll(ScopePair.of(workspace, priced.event())));
    Map<String, List<Budget>> byScope = new HashMap<>();
    List<ScopePair> lookups =
        pairs.stream()
            .map(pair -> new ScopePair(pair.scope(), pair.scopeId(), ""))
            .distinct()
            .toList();
    for (Budget budget : budgets.findByScope(workspace.id(), lookups)) {
      byScope
          .computeIfAbsent(key(budget.scope(), budget.scopeId()), k -> new ArrayList<>())
          .add(budget);
    }
    if (byScope.isEmpty()) {
      return List.of();
    }
    Map<UUID, Period> lastPeriods = new HashMap<>();
    Map<CounterKey, CounterIncrement> byKey = new HashMap<>();
    for (PricedEvent priced : events) {
      for (ScopePair pair : ScopePair.of(workspace, priced.event())) {
        for (Budget budget : byScope.getOrDefault(key(pair.scope(), pair.scopeId()), List.of())) {
          periodOf(budget, priced.event().occurredAt(), lastPeriods)
              .map(period -> CounterIncrement.of(budget, pair.subject(), period, priced))
              .ifPresent(one -> byKey.merge(one.key(), one, CounterIncrement::plus));
        }
      }
    }
    return List.copyOf(byKey.values());
  }

  private static String key(Scope scope, String scopeId) {
    return scope + " " + scopeId;
  }

  /// Most events of a batch fall into the same period, so the last one is tried first.
  private static Optional<Period> periodOf(Budget budget, Instant at, Map<UUID, Period> last) {
    if (at.isBefore(budget.countsFrom())) {
      return Optional.empty();
    }
    Period known = last.get(budget.id());
    if (known != null && known.contains(at)) {
      return Optional.of(known);
    }
    Optional<Period> found = budget.cadence().periodAt(at);
    found.ifPresent(period -> last.put(budget.id(), period));
    return found;
  }

  /// Adds in key order, as everyone who locks counters does.
  private void add(List<CounterIncrement> increments, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_periods AS counter (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, unpriced,
          dirty, data_as_of)
        SELECT added.*, TRUE, ?
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) AS added (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, unpriced)
        ORDER BY workspace_id, budget_id, subject, period_start
        ON CONFLICT (workspace_id, budget_id, subject, period_start) DO UPDATE
        SET spend = counter.spend + EXCLUDED.spend,
            requests = counter.requests + EXCLUDED.requests,
            unpriced = counter.unpriced + EXCLUDED.unpriced,
            dirty = TRUE,
            data_as_of = greatest(counter.data_as_of, EXCLUDED.data_as_of)
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          new ArrayBinder<>(statement, 2, increments)
              .uuids(increment -> increment.key().workspaceId())
              .uuids(increment -> increment.key().budgetId())
              .texts(increment -> increment.key().subject())
              .instants(increment -> increment.key().periodStart())
              .instants(increment -> increment.period().end())
              .decimals(increment -> increment.limit().amount())
              .decimals(increment -> increment.spend().amount())
              .longs(CounterIncrement::requests)
              .longs(CounterIncrement::unpriced);
          return statement.executeUpdate();
        });
  }
}
