package dev.stipend.budget;

import dev.stipend.forecast.SpendHours;
import dev.stipend.money.Money;
import dev.stipend.spend.LedgerHorizon;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// Reads what subjects of a budget spent hour by hour, from before the budget too.
@Singleton
public class RecentSpend {
  private final LedgerHorizon horizon;
  private final JdbcOperations jdbc;

  RecentSpend(LedgerHorizon horizon, JdbcOperations jdbc) {
    this.horizon = horizon;
    this.jdbc = jdbc;
  }

  /// The last weeks of each subject, in one query. The rollup tells them; of labels only the ledger
  /// does, as far as it goes back.
  ///
  /// @param subjects of the budget; all are in the answer
  @Transactional
  public Map<String, SpendHours> of(Budget budget, Collection<String> subjects, Instant now) {
    ScopeSql scope = ScopeSql.of(budget);
    Instant running = now.truncatedTo(ChronoUnit.HOURS);
    Instant from = running.minus(SpendHours.REACH);
    if (scope.needsTags()) {
      Instant known = horizon.read();
      from = known.isAfter(from) ? known : from;
    }
    Map<String, NavigableMap<Instant, Money>> hours = new HashMap<>();
    Set.copyOf(subjects).forEach(subject -> hours.put(subject, new TreeMap<>()));
    read(budget, scope, hours, from, now);
    Map<String, SpendHours> recent = new HashMap<>();
    hours.forEach(
        (subject, spent) -> {
          Money last = spent.getOrDefault(running, Money.ZERO);
          recent.put(subject, new SpendHours(spent.headMap(running, false), last));
        });
    return recent;
  }

  /// Senders' clocks may be ahead of this one: what happened after now is not known yet.
  private void read(
      Budget budget,
      ScopeSql scope,
      Map<String, NavigableMap<Instant, Money>> hours,
      Instant from,
      Instant now) {
    String relation = scope.needsTags() ? "stipend.usage_logs" : "stipend.cost_tracking";
    String time = scope.needsTags() ? "u.occurred_at" : "u.bucket_start";
    jdbc.prepareStatement(
        """
        SELECT %1$s AS subject, date_trunc('hour', %2$s, 'UTC') AS hour, sum(u.cost) AS spend
        FROM %3$s u
        %4$s
        WHERE u.workspace_id = ?
          AND %2$s >= ?
          AND %2$s <= ?
          AND %5$s
          AND %1$s = ANY (?)
        GROUP BY 1, 2
        HAVING sum(u.cost) <> 0
        """
            .formatted(scope.subject(), time, relation, scope.join(), scope.condition()),
        statement -> {
          statement.setObject(1, budget.workspaceId());
          statement.setObject(2, Instants.parameter(from));
          statement.setObject(3, Instants.parameter(now));
          scope.bind(statement, 4);
          statement.setArray(
              5, statement.getConnection().createArrayOf("text", hours.keySet().toArray()));
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              NavigableMap<Instant, Money> spent = hours.get(rows.getString("subject"));
              if (spent != null) {
                spent.put(Instants.read(rows, "hour"), new Money(rows.getBigDecimal("spend")));
              }
            }
          }
          return hours;
        });
  }
}
