package dev.stipend.maintenance.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Scope;
import dev.stipend.budget.period.PeriodSource;
import dev.stipend.budget.period.ScopeSubjects;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How PostgreSQL compares the counters of 4,000 budgets and 12,000 rows of the rollup.
@ExtendWith(StipendExtension.class)
final class CounterSqlPlanTest {
  /// A relation that is read again for each row of another one.
  private static final Pattern READ_AGAIN =
      Pattern.compile(
          "Scan on (spent|counting|wanted|budget_periods|cost_tracking).*loops=[0-9]{2}");

  @ParameterizedTest
  @CsvSource({"monthly,FALSE", "monthly,TRUE", "total,FALSE", "total,TRUE"})
  void budgetsAreFoundByHashing(String period, boolean each, Stipend stipend) throws SQLException {
    fill(stipend, period, each);
    String plan =
        period.equals("total")
            ? plan(stipend, CounterSqlPlanTest::bindTotals, CounterSql.ofTotals(USERS, ROLLUP))
            : plan(stipend, CounterSqlPlanTest::bindCalendar, CounterSql.ofCalendar(USERS, ROLLUP));
    assertThat(plan).contains("rows=4000 loops=1").doesNotContainPattern(READ_AGAIN);
  }

  private static final ScopeSubjects USERS = ScopeSubjects.of(Scope.USER, "default");
  private static final PeriodSource ROLLUP = PeriodSource.ROLLUP;

  /// Binds what a statement takes.
  @FunctionalInterface
  private interface Binder {
    void bind(PreparedStatement statement, UUID workspace) throws SQLException;
  }

  private static void fill(Stipend stipend, String period, boolean each) {
    stipend.database.execute(
        """
        INSERT INTO stipend.budgets (
          workspace_id, name, scope, scope_id, limit_amount, period, time_zone, starts_at, counts_from, created_at,
          updated_at)
        SELECT w.id, 'b', 'user', CASE WHEN %2$s AND n < 3 THEN '*' ELSE 'user-' || n END, 100, '%1$s', 'UTC',
          CASE WHEN '%1$s' = 'total' THEN CAST('2026-01-01T00:00:00Z' AS timestamptz) END,
          '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'
        FROM stipend.workspaces w, generate_series(0, 3999) AS n
        WHERE w.slug = 'default'
        """
            .formatted(period, each));
    stipend.database.execute(
        """
        INSERT INTO stipend.cost_tracking (
          workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
          cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
        SELECT w.id, '2026-06-01T00:00:00Z', 'user-' || n, 'a' || m, '', '', 'openai', 'gpt-4o', 1, 1, 0, 0, 0, 0
        FROM stipend.workspaces w, generate_series(0, 3999) AS n, generate_series(1, 3) AS m
        WHERE w.slug = 'default'
        """);
    stipend.database.execute("ANALYZE stipend.budgets, stipend.cost_tracking");
  }

  private static String plan(Stipend stipend, Binder binder, CounterSql sql) throws SQLException {
    UUID workspace =
        UUID.fromString(
            stipend.database.value("SELECT id FROM stipend.workspaces WHERE slug = 'default'"));
    try (Connection connection = stipend.database.connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET enable_nestloop = off");
      }
      try (PreparedStatement statement =
          connection.prepareStatement("EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) " + sql.text())) {
        binder.bind(statement, workspace);
        List<String> lines = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            lines.add(row.getString(1));
          }
        }
        return String.join("\n", lines);
      }
    }
  }

  private static void bindCalendar(PreparedStatement statement, UUID workspace)
      throws SQLException {
    Connection connection = statement.getConnection();
    String[] start = {"2026-06-01T00:00:00Z"};
    statement.setArray(1, connection.createArrayOf("timestamptz", start));
    statement.setArray(
        2, connection.createArrayOf("timestamptz", new String[] {"2026-07-01T00:00:00Z"}));
    statement.setArray(3, connection.createArrayOf("timestamptz", start));
    statement.setObject(4, workspace);
    statement.setString(5, "user");
    statement.setString(6, "monthly");
    statement.setString(7, "UTC");
    statement.setInt(8, 1);
    statement.setInt(9, 1);
    statement.setInt(10, 1);
    statement.setObject(11, workspace);
    statement.setObject(12, workspace);
    statement.setInt(13, 20_000);
  }

  private static void bindTotals(PreparedStatement statement, UUID workspace) throws SQLException {
    OffsetDateTime start = OffsetDateTime.parse("2026-01-01T00:00:00Z");
    statement.setObject(1, start.plusYears(100));
    statement.setObject(2, workspace);
    statement.setString(3, "user");
    statement.setObject(4, start);
    statement.setObject(5, start.plusYears(1));
    statement.setArray(6, statement.getConnection().createArrayOf("text", new String[0]));
    statement.setObject(7, start.minusYears(1));
    statement.setObject(8, start.minusYears(1));
    statement.setObject(9, workspace);
    statement.setObject(10, workspace);
    statement.setInt(11, 20_000);
  }
}
