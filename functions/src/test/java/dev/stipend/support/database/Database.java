package dev.stipend.support.database;

import dev.stipend.platform.sql.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A test's own look into the database, past all of the product's code.
///
/// @param url where it is
public record Database(String url) {
  private static final Map<String, Queue<Connection>> KEPT = new ConcurrentHashMap<>();

  /// A connection of its own.
  public Connection connect() {
    DatabaseUrl parsed = DatabaseUrl.parse("test", url);
    try {
      Properties settings = new Properties();
      parsed.user().ifPresent(user -> settings.setProperty("user", user));
      parsed.password().ifPresent(password -> settings.setProperty("password", password));
      // Else a statement that is asked often gives its numbers in another form from then on.
      settings.setProperty("binaryTransfer", "false");
      return DriverManager.getConnection(parsed.jdbcUrl(), settings);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Keeps sessions open between questions to this database from now on: opening one costs more
  /// than most questions. For a database that no test takes away or gives other settings.
  public void keepSessions() {
    KEPT.putIfAbsent(url, new ConcurrentLinkedQueue<>());
  }

  /// The rows of a query, each as the texts of its columns joined by a bar.
  public List<String> rows(String sql) {
    return ask(
        sql,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
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
          }
        });
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
    ask(sql, PreparedStatement::execute);
  }

  private <T> T ask(String sql, Question<T> question) {
    Optional<Queue<Connection>> kept = Optional.ofNullable(KEPT.get(url));
    try {
      Connection connection = kept.flatMap(Database::alive).orElseGet(this::connect);
      boolean keep = false;
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        T answer = question.ask(statement);
        keep = kept.isPresent();
        return answer;
      } finally {
        if (keep) {
          kept.orElseThrow().add(connection);
        } else {
          connection.close();
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// A kept session that nobody has ended since.
  private static Optional<Connection> alive(Queue<Connection> kept) {
    Connection connection = kept.poll();
    try {
      return Optional.ofNullable(connection != null && connection.isValid(1) ? connection : null);
    } catch (SQLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Empties every table but those that a deployment fills, of which only the deployment's rows
  /// stay, as they were. A table that nobody has used since the last time is passed over.
  public void clear() {
    execute(
        """
        DO $$
        DECLARE
          used text;
        BEGIN
          SELECT string_agg(CAST(part.id AS text), ', ') INTO used
          FROM unnest(ARRAY['usage_logs', 'usage_event_ids', 'unpriced_events', 'cost_tracking',
            'usage_archives', 'reconciled_days', 'reconciled_ends', 'reconciliations',
            'alert_deliveries', 'alert_logs', 'budget_periods',
            'budget_thresholds', 'budget_channels', 'budget_versions',
            'notification_channels', 'silences', 'summary_schedules', 'budgets', 'reservations',
            'reservation_budgets', 'idempotency_keys', 'audit_logs', 'usage_imports',
            'spend_sources', 'slack_requests', 'set_aside',
            'unknown_usage_attributes', 'ended_sessions', 'sign_in_attempts', 'people']) AS cleared (name)
          CROSS JOIN LATERAL (
            SELECT CAST('stipend.' || cleared.name AS regclass)
            UNION
            SELECT relid FROM pg_partition_tree(CAST('stipend.' || cleared.name AS regclass))) AS part (id)
          JOIN pg_class ON pg_class.oid = part.id
          WHERE relkind = 'r' AND (pg_relation_size(part.id) > 0 OR reltuples >= 0);
          IF used IS NOT NULL THEN
            EXECUTE 'TRUNCATE ' || used || ' CASCADE';
          END IF;
          DELETE FROM stipend.model_prices
          WHERE workspace_id IN (SELECT id FROM stipend.workspaces);
          DELETE FROM stipend.api_keys WHERE name <> 'bootstrap';
          DELETE FROM stipend.workspaces WHERE slug <> 'default';
          UPDATE stipend.workspaces
          SET name = 'Default workspace', currency = 'USD', time_zone = 'UTC', locale = 'en'
          WHERE (name, currency, time_zone, locale) IS DISTINCT FROM ('Default workspace', 'USD', 'UTC', 'en');
        END $$
        """);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(PreparedStatement statement) throws SQLException;
  }
}
