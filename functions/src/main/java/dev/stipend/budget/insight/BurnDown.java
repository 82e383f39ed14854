package dev.stipend.budget.insight;

import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.CountedRows;
import dev.stipend.budget.period.CountedTogether;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.ingest.ledger.Horizons;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads how spend went on in a period, for a picture of it.
@Singleton
public class BurnDown {
  /// A picture is not wider than so many steps.
  private static final int STEPS = 48;

  private static final NavigableMap<Long, Money> NOTHING = Collections.emptyNavigableMap();

  private final LedgerHorizon horizon;
  private final JdbcOperations jdbc;

  BurnDown(LedgerHorizon horizon, JdbcOperations jdbc) {
    this.horizon = horizon;
    this.jdbc = jdbc;
  }

  /// Points of each counter in even steps, from zero at the start of its period to what it has come
  /// to, usage without a price aside. Counters of a period that has not begun are left out, and
  /// those of which a part of what they counted has left the database: what is left would not end
  /// at their spend. What counters have in common is read once.
  @Transactional
  public Map<PeriodKey, List<SpendPoint>> of(Collection<BudgetInPeriod> counters, Instant now) {
    Map<PeriodKey, List<SpendPoint>> points = new HashMap<>();
    Horizons horizons = horizon.both();
    counters.stream()
        .filter(one -> one.counter().period().start().isBefore(now))
        .collect(Collectors.groupingBy(CountedTogether::of))
        .forEach(
            (group, together) ->
                CountedRows.of(together.getFirst().budget(), group, horizons)
                    .ifPresent(rows -> points.putAll(read(group, rows, together, now))));
    return points;
  }

  private Map<PeriodKey, List<SpendPoint>> read(
      CountedTogether group, CountedRows rows, List<BudgetInPeriod> counters, Instant now) {
    Period period = group.period();
    Instant until = now.isBefore(period.end()) ? now : period.end();
    Duration step = step(Duration.between(period.start(), until));
    Map<String, NavigableMap<Long, Money>> steps = new HashMap<>();
    counters.forEach(one -> steps.put(one.counter().key().subject(), new TreeMap<>()));
    jdbc.prepareStatement(
        """
        SELECT %1$s AS subject,
          CAST(floor(extract(epoch FROM %2$s - CAST(? AS timestamptz)) / ?) AS bigint) AS step,
          sum(u.cost) AS spend
        FROM %3$s
        WHERE u.workspace_id = ?
          AND %2$s >= ?
          AND %2$s < ?
          AND %1$s = ANY (?)
        GROUP BY 1, 2
        HAVING sum(u.cost) <> 0
        """
            .formatted(rows.subject(), rows.time(), rows.relation()),
        statement -> {
          Statements.bind(
              statement,
              period.start(),
              step.toSeconds(),
              group.workspace(),
              group.from(),
              period.end(),
              Statements.array("text", steps.keySet()));
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              NavigableMap<Long, Money> of = steps.get(row.getString("subject"));
              if (of != null) {
                of.put(row.getLong("step"), new Money(row.getBigDecimal("spend")));
              }
            }
          }
          return steps;
        });
    return counters.stream()
        .map(BudgetInPeriod::counter)
        .collect(
            Collectors.toMap(
                BudgetPeriod::key,
                counter ->
                    points(
                        steps.getOrDefault(counter.key().subject(), NOTHING),
                        period.start(),
                        until,
                        step)));
  }

  /// The rollup knows quarters of an hour.
  private static Duration step(Duration passed) {
    long quarters = Math.ceilDiv(passed.toMillis(), CountedRows.BUCKET.toMillis());
    return CountedRows.BUCKET.multipliedBy(Math.max(1, Math.ceilDiv(quarters, STEPS)));
  }

  /// What senders with fast clocks recorded ahead of now counts at the last point.
  private static List<SpendPoint> points(
      NavigableMap<Long, Money> steps, Instant start, Instant until, Duration step) {
    List<SpendPoint> points = new ArrayList<>();
    points.add(new SpendPoint(start, Money.ZERO));
    Money spend = Money.ZERO;
    for (long place = 0; start.plus(step.multipliedBy(place)).isBefore(until); place++) {
      Instant end = start.plus(step.multipliedBy(place + 1));
      boolean isLast = !end.isBefore(until);
      for (Money more :
          isLast ? steps.tailMap(place).values() : steps.subMap(place, place + 1).values()) {
        spend = spend.plus(more);
      }
      points.add(new SpendPoint(isLast ? until : end, spend));
    }
    return points;
  }
}
