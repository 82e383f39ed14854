package dev.stipend.bench.evaluation;

import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// A database with a number of budgets, one for each user, every one with its counter of this
/// month, its lines at 80 % and 100 %, and the rollup that its spend comes from.
final class SweptBudgets implements AutoCloseable {
  private final Connection connection;
  private final StipendUnderTest stipend;
  private final int budgets;

  private SweptBudgets(Connection connection, StipendUnderTest stipend, int budgets) {
    this.connection = connection;
    this.stipend = stipend;
    this.budgets = budgets;
  }

  static SweptBudgets create(PostgresServer postgres, AlertsQueue queue, int budgets)
      throws SQLException {
    String name = "sweep_" + budgets;
    StipendUnderTest stipend = new StipendUnderTest(postgres.create(name), queue);
    Connection connection = postgres.connect(name, Map.of());
    try (PreparedStatement statement = connection.prepareStatement(FILL)) {
      statement.setInt(1, budgets);
      statement.execute();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(FILL_DEPENDENTS);
      statement.execute("VACUUM ANALYZE");
    }
    return new SweptBudgets(connection, stipend, budgets);
  }

  private static final String FILL =
      """
      INSERT INTO stipend.budgets (
        workspace_id, name, scope, scope_id, limit_amount, period, time_zone, counts_from, created_at, updated_at)
      SELECT w.id, 'Budget ' || n, 'user', 'user-' || n, 100, 'monthly', 'UTC', now() - interval '1 year', now(), now()
      FROM stipend.workspaces w, generate_series(0, ? - 1) AS n
      WHERE w.slug = 'default'
      """;

  private static final String FILL_DEPENDENTS =
      """
      INSERT INTO stipend.budget_thresholds (workspace_id, budget_id, kind, percent, severity)
      SELECT b.workspace_id, b.id, 'actual', line.percent, line.severity
      FROM stipend.budgets b, (VALUES (80, 'warning'), (100, 'critical')) AS line (percent, severity);

      INSERT INTO stipend.budget_periods (
        workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, dirty,
        data_as_of, evaluated_at)
      SELECT workspace_id, id, scope_id, date_trunc('month', now(), 'UTC'),
        date_trunc('month', now(), 'UTC') + interval '1 month', limit_amount, 10, 100, FALSE, now(), now()
      FROM stipend.budgets;

      INSERT INTO stipend.cost_tracking (
        workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
        cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
      SELECT workspace_id, date_trunc('month', now(), 'UTC') + interval '15 minutes' * (row_number() OVER () % 96),
        scope_id, 'agent', '', '', 'openai', 'gpt-4o', 10, 100, 0, 100000, 0, 10000
      FROM stipend.budgets;

      INSERT INTO stipend.notification_channels (workspace_id, kind, name, config, is_default)
      SELECT id, 'slack_webhook', 'People', '{"url": "https://example.com/alerts"}', TRUE
      FROM stipend.workspaces;
      """;

  /// Has some counters changed since their evaluation, other ones each round.
  void markDirty(int counters, int round, int percent) throws SQLException {
    int step = budgets / counters;
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE stipend.budget_periods p
            SET spend = p.limit_amount * ? / 100,
                dirty = TRUE,
                data_as_of = now()
            FROM (
              SELECT 'user-' || (n * ? + ?) AS subject
              FROM generate_series(0, ? - 1) AS n) AS chosen
            WHERE p.subject = chosen.subject
            """)) {
      statement.setInt(1, percent);
      statement.setInt(2, step);
      statement.setInt(3, round % step);
      statement.setInt(4, counters);
      statement.executeUpdate();
    }
  }

  /// Reads every counter.
  ///
  /// @throws IllegalStateException if that was another number of them
  void readAll(int expected) throws SQLException {
    int read = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM stipend.budget_periods")) {
      while (row.next()) {
        row.getBigDecimal("spend");
        read++;
      }
    }
    if (read != expected) {
      throw new IllegalStateException("expected %d counters, not %d".formatted(expected, read));
    }
  }

  /// What of a sweep the database cannot be spared.
  void markEvaluated() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE stipend.budget_periods SET dirty = FALSE, evaluated_at = now() WHERE dirty");
    }
  }

  void sweep(int expected) {
    stipend.sweep(expected);
  }

  /// Takes back what a sweep raised.
  ///
  /// @throws IllegalStateException if that was another number of alerts, or an alert went nowhere
  void clearAlerts(int expected) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT (SELECT count(*) FROM stipend.alert_logs), (SELECT count(*) FROM stipend.alert_deliveries)
              """)) {
        row.next();
        if (row.getInt(1) != expected || row.getInt(2) != expected) {
          throw new IllegalStateException(
              "expected %d alerts, not %d with %d deliveries"
                  .formatted(expected, row.getInt(1), row.getInt(2)));
        }
      }
      if (expected > 0) {
        statement.execute("TRUNCATE stipend.alert_deliveries, stipend.alert_logs");
        stipend.emptyAlertsQueue();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    stipend.close();
  }
}
