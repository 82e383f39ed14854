package dev.stipend.budget.insight;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Scope;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.CountedRows;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads what subjects of budgets spent hour by hour, from before the budgets too.
@Singleton
public class RecentSpend {
  private static final NavigableMap<Instant, Money> NOTHING = Collections.emptyNavigableMap();

  private final LedgerHorizon horizon;
  private final JdbcOperations jdbc;

  RecentSpend(LedgerHorizon horizon, JdbcOperations jdbc) {
    this.horizon = horizon;
    this.jdbc = jdbc;
  }

  /// Counters that one reading answers for.
  private record Group(UUID workspace, Scope scope) {
    static Group of(BudgetInPeriod of) {
      return new Group(of.budget().workspaceId(), of.budget().scope());
    }
  }

  /// The last weeks of a counter's subject.
  @Transactional
  public SpendHours of(Budget budget, BudgetPeriod counter, Instant now) {
    return of(List.of(new BudgetInPeriod(budget, counter)), now)
        .getOrDefault(counter.key(), SpendHours.NONE);
  }

  /// The last weeks of each counter's subject; all are in the answer. What they have in common is
  /// read once. It comes from the rollup; for tags from the ledger, as far as it goes back.
  @Transactional
  public Map<PeriodKey, SpendHours> of(Collection<BudgetInPeriod> counters, Instant now) {
    Map<PeriodKey, SpendHours> recent = new HashMap<>();
    counters.stream()
        .collect(Collectors.groupingBy(Group::of))
        .forEach((group, together) -> recent.putAll(of(group, together, now)));
    return recent;
  }

  private Map<PeriodKey, SpendHours> of(Group group, List<BudgetInPeriod> counters, Instant now) {
    CountedRows rows = CountedRows.of(counters.getFirst().budget());
    Instant running = now.truncatedTo(ChronoUnit.HOURS);
    Instant from = running.minus(SpendHours.REACH);
    if (rows.areOfLedger()) {
      Instant known = horizon.read();
      from = known.isAfter(from) ? known : from;
    }
    Map<String, NavigableMap<Instant, Money>> hours = new HashMap<>();
    counters.forEach(one -> hours.put(one.counter().key().subject(), new TreeMap<>()));
    read(group, rows, hours, from, now);
    return counters.stream()
        .map(BudgetInPeriod::counter)
        .collect(
            Collectors.toMap(
                BudgetPeriod::key,
                counter ->
                    spendHours(hours.getOrDefault(counter.key().subject(), NOTHING), running)));
  }

  private static SpendHours spendHours(NavigableMap<Instant, Money> spent, Instant running) {
    return new SpendHours(spent.headMap(running, false), spent.getOrDefault(running, Money.ZERO));
  }

  /// Senders' clocks may be ahead of this one: what happened after now is not known yet.
  private void read(
      Group group,
      CountedRows rows,
      Map<String, NavigableMap<Instant, Money>> hours,
      Instant from,
      Instant now) {
    jdbc.prepareStatement(
        """
        SELECT %1$s AS subject, date_trunc('hour', %2$s, 'UTC') AS hour, sum(u.cost) AS spend
        FROM %3$s
        WHERE u.workspace_id = ?
          AND %2$s >= ?
          AND %2$s <= ?
          AND %1$s = ANY (?)
        GROUP BY 1, 2
        HAVING sum(u.cost) <> 0
        """
            .formatted(rows.subject(), rows.time(), rows.relation()),
        statement -> {
          Statements.bind(
              statement, group.workspace(), from, now, Statements.array("text", hours.keySet()));
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              NavigableMap<Instant, Money> spent = hours.get(row.getString("subject"));
              if (spent != null) {
                spent.put(Instants.read(row, "hour"), new Money(row.getBigDecimal("spend")));
              }
            }
          }
          return hours;
        });
  }
}
