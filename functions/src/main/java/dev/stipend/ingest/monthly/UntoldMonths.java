package dev.stipend.ingest.monthly;

import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.monthly.MonthlySums.Sum;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The rows of `untold_months`: months of users that have changed since the application was told.
@Singleton
public class UntoldMonths {
  private final JdbcOperations jdbc;

  UntoldMonths(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Notes the months of events, in the transaction that records them.
  public void note(SpendSource source, Collection<UsageEvent> events) {
    List<MonthOfUser> months =
        events.stream()
            .filter(event -> !event.attribution().userId().isEmpty())
            .map(
                event ->
                    new MonthOfUser(
                        event.attribution().userId(),
                        YearMonth.from(event.occurredAt().atZone(ZoneOffset.UTC))))
            .distinct()
            .toList();
    if (months.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.untold_months AS m (workspace_id, source_id, user_id, month, changes)
        SELECT ?, ?, changed.user_id, CAST(changed.month AS date), 1
        FROM unnest(?, ?) AS changed (user_id, month)
        ORDER BY 3, 4
        ON CONFLICT (workspace_id, source_id, user_id, month) DO UPDATE SET changes = m.changes + 1
        """,
        statement -> {
          Statements.bind(statement, source.workspaceId(), source.id());
          new ArrayBinder<>(statement, 3, months)
              .texts(MonthOfUser::user)
              .texts(one -> one.month().atDay(1).toString());
          return statement.executeUpdate();
        });
  }

  /// Some of the months of a source that are to be told, with how often each has changed.
  @Transactional
  public Map<MonthOfUser, Long> some(SpendSource source, int most) {
    return jdbc.prepareStatement(
        """
        SELECT user_id, month, changes
        FROM stipend.untold_months
        WHERE workspace_id = ? AND source_id = ?
        ORDER BY month DESC, user_id
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, source.workspaceId(), source.id(), most);
          Map<MonthOfUser, Long> some = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              some.put(
                  new MonthOfUser(
                      row.getString("user_id"),
                      YearMonth.from(row.getObject("month", LocalDate.class))),
                  row.getLong("changes"));
            }
          }
          return some;
        });
  }

  /// What users used in these months.
  @Transactional
  public Map<MonthOfUser, MonthlySums> sums(SpendSource source, Collection<MonthOfUser> wanted) {
    Map<MonthOfUser, MonthlySums> sums = new HashMap<>();
    wanted.stream()
        .map(MonthOfUser::month)
        .distinct()
        .forEach(
            month ->
                sums.putAll(
                    sums(source, month, wanted.stream().filter(one -> one.month().equals(month)))));
    wanted.forEach(month -> sums.putIfAbsent(month, new MonthlySums(Map.of())));
    return sums;
  }

  private Map<MonthOfUser, MonthlySums> sums(
      SpendSource source, YearMonth month, Stream<MonthOfUser> users) {
    Map<String, Map<String, Sum>> byUser = new HashMap<>();
    Sql.list(
            jdbc,
            """
            SELECT user_id, agent_id, sum(requests) AS requests, sum(input_tokens + output_tokens) AS tokens,
              sum(cost) AS cost
            FROM stipend.cost_tracking
            WHERE workspace_id = ? AND bucket_start >= ? AND bucket_start < ? AND user_id = ANY (?)
            GROUP BY user_id, agent_id
            """,
            row ->
                Map.entry(
                    new String[] {row.getString("user_id"), row.getString("agent_id")},
                    new Sum(
                        row.getLong("requests"),
                        row.getLong("tokens"),
                        new Money(row.getBigDecimal("cost")))),
            source.workspaceId(),
            month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
            month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
            Statements.array("text", users.map(MonthOfUser::user).toList()))
        .forEach(
            found ->
                byUser
                    .computeIfAbsent(found.getKey()[0], user -> new HashMap<>())
                    .put(found.getKey()[1], found.getValue()));
    Map<MonthOfUser, MonthlySums> sums = new HashMap<>();
    byUser.forEach((user, all) -> sums.put(new MonthOfUser(user, month), new MonthlySums(all)));
    return sums;
  }

  /// Forgets what was told, unless it has changed meanwhile.
  ///
  /// @param told with how often each had changed when it was read
  @Transactional
  public void forget(SpendSource source, Map<MonthOfUser, Long> told) {
    jdbc.prepareStatement(
        """
        DELETE FROM stipend.untold_months m
        USING unnest(?, ?, ?) AS told (user_id, month, changes)
        WHERE m.workspace_id = ? AND m.source_id = ? AND m.user_id = told.user_id
          AND m.month = CAST(told.month AS date) AND m.changes = told.changes
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, List.copyOf(told.entrySet()))
              .texts(one -> one.getKey().user())
              .texts(one -> one.getKey().month().atDay(1).toString())
              .longs(Map.Entry::getValue);
          statement.setObject(4, source.workspaceId());
          statement.setObject(5, source.id());
          return statement.executeUpdate();
        });
  }
}
