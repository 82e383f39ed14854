package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.StoredBudget;
import dev.stipend.budget.UnreadableBudget;
import dev.stipend.ingest.ledger.FreedHold;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.money.Money;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Statements;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Counts recorded events in every budget that they belong to.
@Singleton
public class PeriodSpend {
  private final BudgetRepository budgets;
  private final BudgetPeriods counters;
  private final SetAside setAside;
  private final JdbcOperations jdbc;

  PeriodSpend(
      BudgetRepository budgets, BudgetPeriods counters, SetAside setAside, JdbcOperations jdbc) {
    this.budgets = budgets;
    this.counters = counters;
    this.setAside = setAside;
    this.jdbc = jdbc;
  }

  /// Counts events, in the transaction that records them, and answers the counters that crossed a
  /// threshold, which are to be evaluated once that has committed.
  ///
  /// @param freed holds that end with them
  public List<PeriodKey> count(
      Workspace workspace, List<PricedEvent> events, List<FreedHold> freed, Instant now) {
    List<PeriodIncrement> increments = increments(workspace, events, freed, now);
    List<PeriodKey> crossed =
        increments.isEmpty() ? List.of() : add(workspace.id(), increments, now);
    if (!crossed.isEmpty()) {
      counters.markDirty(crossed);
    }
    return crossed;
  }

  /// What events would add to a budget.
  ///
  /// @param spend of all its subjects and periods together
  public record Rise(Budget budget, Money spend) {}

  /// What events would add to the budgets that count them, the most first. Nothing is counted.
  @Transactional
  public List<Rise> foresee(Workspace workspace, List<PricedEvent> events) {
    CountedBatch batch = CountedBatch.of(workspace, events);
    List<Budget> counting =
        budgets.findByScope(workspace.id(), batch.lookups()).stream()
            .flatMap(stored -> stored instanceof Budget budget ? Stream.of(budget) : Stream.empty())
            .toList();
    Map<UUID, Money> sums = new HashMap<>();
    batch
        .increments(counting)
        .forEach(one -> sums.merge(one.key().budgetId(), one.spend(), Money::plus));
    return counting.stream()
        .map(budget -> new Rise(budget, sums.getOrDefault(budget.id(), Money.ZERO)))
        .filter(rise -> !rise.spend().equals(Money.ZERO))
        .sorted(Comparator.comparing(Rise::spend).reversed())
        .toList();
  }

  private List<PeriodIncrement> increments(
      Workspace workspace, List<PricedEvent> events, List<FreedHold> freed, Instant now) {
    CountedBatch batch = CountedBatch.of(workspace, events);
    List<PeriodIncrement> counted =
        batch.increments(readable(budgets.findByScope(workspace.id(), batch.lookups()), now));
    if (freed.isEmpty()) {
      return counted;
    }
    Map<PeriodKey, PeriodIncrement> byKey = byKey(counted);
    freed.stream()
        .map(hold -> PeriodIncrement.freeing(workspace.id(), hold))
        .forEach(one -> byKey.merge(one.key(), one, PeriodIncrement::plus));
    return List.copyOf(byKey.values());
  }

  /// Those that can be read; of the others it is noted that they miss something.
  private List<Budget> readable(List<StoredBudget> stored, Instant now) {
    List<Budget> readable = new ArrayList<>();
    Map<WorkItem, String> missing = new HashMap<>();
    for (StoredBudget each : stored) {
      switch (each) {
        case Budget budget -> readable.add(budget);
        case UnreadableBudget other -> missing.put(other.item(), other.error());
      }
    }
    if (!missing.isEmpty()) {
      setAside.addUncounted(missing, now);
    }
    return readable;
  }

  private static Map<PeriodKey, PeriodIncrement> byKey(List<PeriodIncrement> increments) {
    Map<PeriodKey, PeriodIncrement> byKey = HashMap.newHashMap(increments.size());
    increments.forEach(one -> byKey.put(one.key(), one));
    return byKey;
  }

  /// Adds, and frees holds, in key order, as everyone who locks counters does, and answers the
  /// counters that crossed a threshold. The others need no evaluation: marking them for one would
  /// cost two more writes of each row and a transaction per batch, which is most of what recording
  /// to hot budgets costs. The first that comes after a period's end keeps what was known when it
  /// ended.
  private List<PeriodKey> add(UUID workspace, List<PeriodIncrement> increments, Instant now) {
    Map<PeriodKey, PeriodIncrement> byKey = byKey(increments);
    // There are few periods among many counters, and a time is long to write and to read.
    List<Period> periods = increments.stream().map(PeriodIncrement::period).distinct().toList();
    Map<Period, Integer> places = HashMap.newHashMap(periods.size());
    periods.forEach(period -> places.put(period, places.size() + 1));
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_periods AS counter (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, held, requests,
          unpriced, look_at, dirty, data_as_of, closed_spend)
        SELECT known.workspace_id, added.budget_id, added.subject, starts[added.period] AS period_start,
          ends[added.period], added.limit_amount, added.spend, added.freed, added.requests, added.unpriced,
          CASE WHEN added.looks_ahead THEN known.now END, FALSE, known.now,
          CASE WHEN ends[added.period] <= known.now THEN 0 END
        FROM (
            SELECT CAST(? AS uuid) AS workspace_id, CAST(? AS timestamptz) AS now,
              CAST(? AS timestamptz[]) AS starts, CAST(? AS timestamptz[]) AS ends) AS known,
          unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) AS added (
            budget_id, subject, period, limit_amount, spend, freed, requests, unpriced, looks_ahead)
        ORDER BY budget_id, subject, period_start
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
          Statements.bind(statement, workspace, now);
          new ArrayBinder<>(statement, 3, periods).instants(Period::start).instants(Period::end);
          new ArrayBinder<>(statement, 5, increments)
              .uuids(increment -> increment.key().budgetId())
              .texts(increment -> increment.key().subject())
              .longs(increment -> places.getOrDefault(increment.period(), 0))
              .decimals(increment -> increment.limit(now).amount())
              .decimals(increment -> increment.spend().amount())
              .decimals(increment -> increment.freed().amount())
              .longs(PeriodIncrement::requests)
              .longs(PeriodIncrement::unpriced)
              .bools(increment -> increment.looksAhead(now));
          List<PeriodKey> crossed = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              PeriodIncrement added = byKey.get(PeriodRow.key(row));
              if (added != null && crossesAThreshold(added, row, now)) {
                crossed.add(added.key());
              }
            }
          }
          return crossed;
        });
  }

  /// A period that is over is measured by the limit that was in force at its end.
  private static boolean crossesAThreshold(PeriodIncrement added, ResultSet row, Instant now)
      throws SQLException {
    Money kept = new Money(row.getBigDecimal("limit_amount"));
    return added.crossesAThreshold(
        row.getBoolean("is_closed") ? kept : added.limitOf(kept, now),
        new Money(row.getBigDecimal("spend")),
        row.getLong("unpriced"));
  }
}
