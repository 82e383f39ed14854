package dev.stipend.bench.recording;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Budgets that every event of a sample counts in.
final class HotBudgets {
  private HotBudgets() {}

  /// One budget of the workspace, one of each user, one of each agent; all count every event, and
  /// none comes near its limit.
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          WITH created AS (
            INSERT INTO stipend.budgets (
              workspace_id, name, scope, scope_id, limit_amount, period, time_zone, counts_from, created_at, updated_at)
            SELECT w.id, wanted.name, wanted.scope, wanted.scope_id, 1000000, wanted.period, 'Europe/Berlin',
              now() - interval '1 year', now(), now()
            FROM stipend.workspaces w,
              (VALUES ('All', 'workspace', 'default', 'monthly'), ('Users', 'user', '*', 'monthly'),
                ('Agents', 'agent', '*', 'daily')) AS wanted (name, scope, scope_id, period)
            WHERE w.slug = 'default'
            RETURNING workspace_id, id)
          INSERT INTO stipend.budget_thresholds (workspace_id, budget_id, kind, percent, severity)
          SELECT workspace_id, id, 'actual', line.percent, line.severity
          FROM created, (VALUES (80, 'warning'), (100, 'critical')) AS line (percent, severity)
          """);
    }
  }
}
