package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/// Finds what a period's spend is made of.
@Singleton
public class Contributors {
  private static final int QUARTER_HOUR = 15 * 60;

  private final JdbcOperations jdbc;

  Contributors(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The greatest contributors to a counter's spend, up to `most` of each dimension: agents, then
  /// models, then users.
  @Transactional
  public List<Contributor> top(Budget budget, Counter counter, int most) {
    ScopeSql scope = ScopeSql.of(budget);
    // The rollup is far smaller; the ledger is needed for labels and for bounds that are not on a
    // quarter of an hour.
    boolean rolledUp =
        !scope.needsTags()
            && counter.period().start().getEpochSecond() % QUARTER_HOUR == 0
            && counter.period().end().getEpochSecond() % QUARTER_HOUR == 0;
    String relation = rolledUp ? "stipend.cost_tracking" : "stipend.usage_logs";
    String time = rolledUp ? "u.bucket_start" : "u.occurred_at";
    return jdbc.prepareStatement(
        """
        SELECT dimension, id, spend
        FROM (
            SELECT part.dimension, part.place, part.id, sum(u.cost) AS spend,
              row_number() OVER (PARTITION BY part.dimension ORDER BY sum(u.cost) DESC, part.id) AS rank
            FROM %s u
            %s
            CROSS JOIN LATERAL (
              VALUES ('agent', 1, u.agent_id), ('model', 2, u.model), ('user', 3, u.user_id)
            ) AS part (dimension, place, id)
            WHERE u.workspace_id = ?
              AND %s >= ?
              AND %s < ?
              AND %s
              AND %s = ?
              AND part.id <> ''
            GROUP BY part.dimension, part.place, part.id
            HAVING sum(u.cost) > 0) AS ranked
        WHERE rank <= ?
        ORDER BY place, rank
        """
            .formatted(relation, scope.join(), time, time, scope.condition(), scope.subject()),
        statement -> {
          statement.setObject(1, budget.workspaceId());
          statement.setObject(2, Instants.parameter(counter.period().start()));
          statement.setObject(3, Instants.parameter(counter.period().end()));
          scope.bind(statement, 4);
          statement.setString(5, counter.key().subject());
          statement.setInt(6, most);
          List<Contributor> top = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              Money spend = new Money(rows.getBigDecimal("spend"));
              top.add(
                  new Contributor(
                      rows.getString("dimension"),
                      rows.getString("id"),
                      spend,
                      spend.percentOf(counter.spend())));
            }
          }
          return top;
        });
  }
}
