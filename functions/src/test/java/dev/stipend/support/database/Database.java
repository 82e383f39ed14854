package dev.stipend.support.database;

import dev.stipend.platform.sql.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A test's own look into the database, past all of the product's code.
///
/// @param url where it is
public record Database(String url) {
  /// A connection of its own.
  public Connection connect() {
    DatabaseUrl parsed = DatabaseUrl.parse("test", url);
    try {
      return DriverManager.getConnection(
          parsed.jdbcUrl(), parsed.user().orElse(null), parsed.password().orElse(null));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The rows of a query, each as the texts of its columns joined by a bar.
  public List<String> rows(String sql) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<String> all = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(rows.getString(i));
        }
        all.add(String.join("|", row.stream().map(String::valueOf).toList()));
      }
      return all;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The only value of a query's only row.
  public String value(String sql) {
    List<String> rows = rows(sql);
    if (rows.size() != 1) {
      throw new IllegalStateException("one row expected, not " + rows);
    }
    return rows.getFirst();
  }

  public void execute(String sql) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Empties every table but those that a deployment fills, of which only the deployment's rows
  /// stay.
  public void clear() {
    execute(
        """
        TRUNCATE stipend.usage_logs, stipend.usage_event_ids, stipend.unpriced_events, stipend.cost_tracking,
          stipend.usage_archives, stipend.reconciled_days, stipend.reconciled_ends, stipend.reconciliations,
          stipend.alert_deliveries, stipend.alert_logs, stipend.budget_periods,
          stipend.budget_thresholds, stipend.budget_channels, stipend.budget_versions,
          stipend.notification_channels, stipend.silences, stipend.summary_schedules, stipend.budgets, stipend.reservations,
          stipend.reservation_budgets, stipend.idempotency_keys, stipend.audit_logs, stipend.usage_imports,
          stipend.spend_sources, stipend.slack_requests, stipend.set_aside CASCADE
        """);
    execute(
        "DELETE FROM stipend.model_prices WHERE workspace_id IN (SELECT id FROM"
            + " stipend.workspaces)");
    execute("DELETE FROM stipend.api_keys WHERE name <> 'bootstrap'");
    execute("DELETE FROM stipend.workspaces WHERE slug <> 'default'");
  }
}
