package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Finds what a period's spend is made of.
@Singleton
public class Contributors {
  private static final int QUARTER_HOUR = 15 * 60;

  private final JdbcOperations jdbc;

  Contributors(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// A counter whose contributors are asked for, with its budget.
  public record Question(Budget budget, Counter counter) {
    private Group group() {
      return new Group(budget.workspaceId(), budget.scope(), counter.period());
    }
  }

  /// Counters that one reading of the rollup answers for. Which ids a budget stands for does not
  /// matter: a counter's subject is one of them.
  private record Group(UUID workspace, Scope scope, Period period) {}

  /// The greatest contributors to a counter's spend, up to `most` of each dimension: agents, then
  /// models, then users.
  @Transactional
  public List<Contributor> top(Budget budget, Counter counter, int most) {
    return top(List.of(new Question(budget, counter)), most).getOrDefault(counter.key(), List.of());
  }

  /// The same for many counters. What they have in common is read once, so that a thousand counters
  /// of a workspace cost one reading and not a thousand.
  @Transactional
  public Map<CounterKey, List<Contributor>> top(List<Question> questions, int most) {
    Map<CounterKey, List<Contributor>> top = new HashMap<>();
    questions.stream()
        .collect(Collectors.groupingBy(Question::group))
        .forEach((group, together) -> read(group, together, most, top));
    return top;
  }

  private void read(
      Group group, List<Question> questions, int most, Map<CounterKey, List<Contributor>> top) {
    ScopeSql scope = ScopeSql.of(questions.getFirst().budget());
    // The rollup is far smaller; the ledger is needed for labels and for bounds that are not on a
    // quarter of an hour.
    boolean rolledUp =
        !scope.needsTags()
            && group.period().start().getEpochSecond() % QUARTER_HOUR == 0
            && group.period().end().getEpochSecond() % QUARTER_HOUR == 0;
    String relation = rolledUp ? "stipend.cost_tracking" : "stipend.usage_logs";
    String time = rolledUp ? "u.bucket_start" : "u.occurred_at";
    Map<String, List<Counter>> bySubject =
        questions.stream()
            .map(Question::counter)
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
                FROM %s u
                %s
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
            .formatted(scope.subject(), relation, scope.join(), time, time),
        statement -> {
          statement.setObject(1, group.workspace());
          statement.setObject(2, Instants.parameter(group.period().start()));
          statement.setObject(3, Instants.parameter(group.period().end()));
          statement.setArray(
              4, statement.getConnection().createArrayOf("text", bySubject.keySet().toArray()));
          statement.setInt(5, most);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              Money spend = new Money(rows.getBigDecimal("spend"));
              for (Counter counter : bySubject.getOrDefault(rows.getString("subject"), List.of())) {
                top.computeIfAbsent(counter.key(), key -> new ArrayList<>())
                    .add(
                        new Contributor(
                            rows.getString("dimension"),
                            rows.getString("id"),
                            spend,
                            spend.percentOf(counter.spend())));
              }
            }
          }
          return top;
        });
  }
}
