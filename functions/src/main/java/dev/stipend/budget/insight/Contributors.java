package dev.stipend.budget.insight;

import dev.stipend.budget.Budget;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.CountedRows;
import dev.stipend.budget.period.CountedTogether;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.ingest.ledger.Horizons;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Finds what a period's spend is made of.
@Singleton
public class Contributors {
  private final LedgerHorizon horizon;
  private final JdbcOperations jdbc;

  Contributors(LedgerHorizon horizon, JdbcOperations jdbc) {
    this.horizon = horizon;
    this.jdbc = jdbc;
  }

  /// The greatest contributors to a counter's spend, up to `most` of each dimension: agents, then
  /// models, then users.
  @Transactional
  public List<Contributor> top(Budget budget, BudgetPeriod counter, int most) {
    return top(List.of(new BudgetInPeriod(budget, counter)), most)
        .getOrDefault(counter.key(), List.of());
  }

  /// The same for many counters. What they have in common is read once, so that a thousand counters
  /// of a workspace cost one reading and not a thousand. A counter has none where a part of what it
  /// counted has left the database: the rest would not add up to its spend.
  @Transactional
  public Map<PeriodKey, List<Contributor>> top(List<BudgetInPeriod> counters, int most) {
    Map<PeriodKey, List<Contributor>> top = new HashMap<>();
    Horizons horizons = horizon.both();
    counters.stream()
        .collect(Collectors.groupingBy(CountedTogether::of))
        .forEach(
            (group, together) ->
                CountedRows.of(together.getFirst().budget(), group, horizons)
                    .ifPresent(rows -> read(group, rows, together, most, top)));
    return top;
  }

  private void read(
      CountedTogether group,
      CountedRows rows,
      List<BudgetInPeriod> counters,
      int most,
      Map<PeriodKey, List<Contributor>> top) {
    Map<String, List<BudgetPeriod>> bySubject =
        counters.stream()
            .map(BudgetInPeriod::counter)
            .collect(Collectors.groupingBy(counter -> counter.key().subject()));
    jdbc.prepareStatement(
        """
        SELECT subject, dimension, id, spend
        FROM (
            SELECT counted.subject, part.dimension, part.place, part.id, sum(counted.cost) AS spend,
              row_number() OVER (
                PARTITION BY counted.subject, part.dimension
                ORDER BY sum(counted.cost) DESC, part.id) AS rank
            FROM (
                SELECT %s AS subject, u.agent_id, u.model, u.user_id, u.cost
                FROM %s
                WHERE u.workspace_id = ?
                  AND %s >= ?
                  AND %s < ?) AS counted
            CROSS JOIN LATERAL (
              VALUES ('agent', 1, counted.agent_id), ('model', 2, counted.model), ('user', 3, counted.user_id)
            ) AS part (dimension, place, id)
            WHERE counted.subject = ANY (?)
              AND part.id <> ''
            GROUP BY counted.subject, part.dimension, part.place, part.id
            HAVING sum(counted.cost) > 0) AS ranked
        WHERE rank <= ?
        ORDER BY place, rank
        """
            .formatted(rows.subject(), rows.relation(), rows.time(), rows.time()),
        statement -> {
          Statements.bind(
              statement,
              group.workspace(),
              group.from(),
              Instants.parameter(group.period().end()),
              Statements.array("text", bySubject.keySet()),
              most);
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              Money spend = new Money(row.getBigDecimal("spend"));
              for (BudgetPeriod counter :
                  bySubject.getOrDefault(row.getString("subject"), List.of())) {
                top.computeIfAbsent(counter.key(), key -> new ArrayList<>())
                    .add(
                        new Contributor(
                            row.getString("dimension"),
                            row.getString("id"),
                            spend,
                            spend.percentOf(counter.spend())));
              }
            }
          }
          return top;
        });
  }
}
