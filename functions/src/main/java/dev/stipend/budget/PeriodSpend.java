package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.spend.Attribution;
import dev.stipend.spend.FreedHold;
import dev.stipend.spend.PricedEvent;
import dev.stipend.spend.SpendCounter;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import dev.stipend.workspace.Workspace;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts recorded events in every budget that they belong to.
@Singleton
class PeriodSpend implements SpendCounter {
  private final BudgetRepository budgets;
  private final Counters counters;
  private final List<CounterListener> listeners;
  private final JdbcOperations jdbc;

  PeriodSpend(
      BudgetRepository budgets,
      Counters counters,
      List<CounterListener> listeners,
      JdbcOperations jdbc) {
    this.budgets = budgets;
    this.counters = counters;
    this.listeners = listeners;
    this.jdbc = jdbc;
  }

  @Override
  public Runnable count(
      Workspace workspace, List<PricedEvent> events, List<FreedHold> freed, Instant now) {
    List<CounterIncrement> increments = increments(workspace, events, freed);
    List<CounterKey> changed = increments.isEmpty() ? List.of() : add(increments, now);
    if (!changed.isEmpty()) {
      counters.markDirty(changed);
    }
    return () -> listeners.forEach(listener -> listener.changed(changed, now));
  }

  /// What decides the budgets that count an event. A batch has far fewer of these than events.
  private record Belonging(Attribution attribution, Map<String, String> tags) {
    static Belonging of(PricedEvent priced) {
      return new Belonging(priced.event().attribution(), priced.event().tags());
    }
  }

  /// A budget that counts events, and the subject it counts them for.
  private record Target(Budget budget, String subject) {}

  private List<CounterIncrement> increments(
      Workspace workspace, List<PricedEvent> events, List<FreedHold> freed) {
    Map<Belonging, List<PricedEvent>> together =
        events.stream().collect(Collectors.groupingBy(Belonging::of));
    Map<Belonging, List<Target>> targets = targets(workspace, together);
    Map<UUID, Period> lastPeriods = new HashMap<>();
    Map<CounterKey, CounterIncrement> byKey = new HashMap<>();
    freed.stream()
        .map(hold -> CounterIncrement.freeing(workspace.id(), hold))
        .forEach(one -> byKey.merge(one.key(), one, CounterIncrement::plus));
    together.forEach(
        (belonging, alike) -> {
          for (Target target : targets.getOrDefault(belonging, List.of())) {
            increments(target, alike, lastPeriods)
                .forEach(one -> byKey.merge(one.key(), one, CounterIncrement::plus));
          }
        });
    return List.copyOf(byKey.values());
  }

  private Map<Belonging, List<Target>> targets(
      Workspace workspace, Map<Belonging, List<PricedEvent>> together) {
    Map<Belonging, Set<ScopePair>> pairs = new HashMap<>();
    together.forEach(
        (belonging, alike) ->
            pairs.put(
                belonging, ScopePair.of(workspace, belonging.attribution(), belonging.tags())));
    List<ScopePair> lookups =
        pairs.values().stream()
            .flatMap(Set::stream)
            .map(pair -> new ScopePair(pair.scope(), pair.scopeId(), ""))
            .distinct()
            .toList();
    Map<Scope, Map<String, List<Budget>>> byScope = new EnumMap<>(Scope.class);
    budgets
        .findByScope(workspace.id(), lookups)
        .forEach(
            budget ->
                byScope
                    .computeIfAbsent(budget.scope(), scope -> new HashMap<>())
                    .computeIfAbsent(budget.scopeId(), id -> new ArrayList<>())
                    .add(budget));
    Map<Belonging, List<Target>> targets = new HashMap<>();
    pairs.forEach((belonging, own) -> targets.put(belonging, targets(own, byScope)));
    return targets;
  }

  private static List<Target> targets(
      Set<ScopePair> pairs, Map<Scope, Map<String, List<Budget>>> byScope) {
    List<Target> targets = new ArrayList<>();
    for (ScopePair pair : pairs) {
      byScope
          .getOrDefault(pair.scope(), Map.of())
          .getOrDefault(pair.scopeId(), List.of())
          .forEach(budget -> targets.add(new Target(budget, pair.subject())));
    }
    return targets;
  }

  /// The events of one target, added up by period.
  private static Collection<CounterIncrement> increments(
      Target target, List<PricedEvent> events, Map<UUID, Period> lastPeriods) {
    Map<Period, CounterIncrement> byPeriod = new HashMap<>();
    for (PricedEvent priced : events) {
      periodOf(target.budget(), priced.event().occurredAt(), lastPeriods)
          .ifPresent(
              period ->
                  byPeriod.merge(
                      period,
                      CounterIncrement.of(target.budget(), target.subject(), period, priced),
                      CounterIncrement::plus));
    }
    return byPeriod.values();
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

  /// Adds, and frees holds, in key order, as everyone who locks counters does, and answers the
  /// counters that crossed a line. The others need no evaluation: marking them for one would cost
  /// two more writes of each row and a transaction per batch, which is most of what recording to
  /// hot budgets costs. The first that comes after a period's end keeps what was known when it
  /// ended.
  private List<CounterKey> add(List<CounterIncrement> increments, Instant now) {
    Map<CounterKey, CounterIncrement> byKey =
        increments.stream().collect(Collectors.toMap(CounterIncrement::key, Function.identity()));
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_periods AS counter (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, held, requests,
          unpriced, look_at, dirty, data_as_of, closed_spend)
        SELECT added.*, FALSE, at.now, CASE WHEN added.period_end <= at.now THEN 0 END
        FROM (SELECT CAST(? AS timestamptz) AS now) at, unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS added (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, freed, requests, unpriced,
          look_at)
        ORDER BY workspace_id, budget_id, subject, period_start
        ON CONFLICT (workspace_id, budget_id, subject, period_start) DO UPDATE
        SET spend = counter.spend + EXCLUDED.spend,
            held = counter.held - EXCLUDED.held,
            requests = counter.requests + EXCLUDED.requests,
            unpriced = counter.unpriced + EXCLUDED.unpriced,
            look_at = coalesce(counter.look_at, EXCLUDED.look_at),
            data_as_of = greatest(counter.data_as_of, EXCLUDED.data_as_of),
            closed_spend = CASE
              WHEN counter.closed_spend IS NULL AND EXCLUDED.closed_spend IS NOT NULL THEN counter.spend
              ELSE counter.closed_spend END
        RETURNING workspace_id, budget_id, subject, period_start, spend, unpriced, limit_amount,
          closed_at IS NOT NULL AS is_closed
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          new ArrayBinder<>(statement, 2, increments)
              .uuids(increment -> increment.key().workspaceId())
              .uuids(increment -> increment.key().budgetId())
              .texts(increment -> increment.key().subject())
              .instants(increment -> increment.key().periodStart())
              .instants(increment -> increment.period().end())
              .decimals(increment -> increment.limit(now).amount())
              .decimals(increment -> increment.spend().amount())
              .decimals(increment -> increment.freed().amount())
              .longs(CounterIncrement::requests)
              .longs(CounterIncrement::unpriced)
              .instants(increment -> increment.lookAt(now).orElse(null));
          List<CounterKey> crossed = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              CounterIncrement added = byKey.get(CounterRow.key(row));
              if (added != null && crossesALine(added, row, now)) {
                crossed.add(added.key());
              }
            }
          }
          return crossed;
        });
  }

  /// A period that is over is measured by the limit that was in force at its end.
  private static boolean crossesALine(CounterIncrement added, ResultSet row, Instant now)
      throws SQLException {
    Money kept = new Money(row.getBigDecimal("limit_amount"));
    return added.crossesALine(
        row.getBoolean("is_closed") ? kept : added.limitOf(kept, now),
        new Money(row.getBigDecimal("spend")),
        row.getLong("unpriced"));
  }
}
