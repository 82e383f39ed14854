package dev.stipend.notification.channel;

import dev.stipend.budget.Severity;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The rows of `notification_channels`.
@Singleton
public class ChannelRepository {
  /// How the names of channels begin that take everything from the environment.
  private static final String OF_ENVIRONMENT = "environment ";

  private final JdbcOperations jdbc;

  ChannelRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The channels of a workspace with these ids; without those that are archived, as everywhere
  /// here.
  List<Channel> findAll(UUID workspace, List<UUID> ids) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.id = ANY (?)
          AND c.archived_at IS NULL
        """,
        statement -> {
          Statements.bind(statement, workspace, Statements.array("uuid", ids));
          return read(statement.executeQuery());
        });
  }

  /// The names of a workspace's channels, by their ids.
  Map<UUID, String> names(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT c.id, c.name
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.archived_at IS NULL
        """,
        statement -> {
          statement.setObject(1, workspace);
          Map<UUID, String> names = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              names.put(row.getObject("id", UUID.class), row.getString("name"));
            }
          }
          return names;
        });
  }

  /// The channels that budgets name, by the budget's id.
  Map<UUID, List<Channel>> findByBudgets(Set<UUID> workspaces, Set<UUID> budgets) {
    return jdbc.prepareStatement(
        """
        SELECT c.*, b.budget_id
        FROM stipend.budget_channels b
        JOIN stipend.notification_channels c
          ON c.workspace_id = b.workspace_id
         AND c.id = b.channel_id
        WHERE b.workspace_id = ANY (?)
          AND b.budget_id = ANY (?)
          AND c.archived_at IS NULL
        """,
        statement -> {
          Statements.bind(
              statement, Statements.array("uuid", workspaces), Statements.array("uuid", budgets));
          Map<UUID, List<Channel>> byBudget = new HashMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              byBudget
                  .computeIfAbsent(
                      rows.getObject("budget_id", UUID.class), budget -> new ArrayList<>())
                  .add(channel(rows));
            }
          }
          return byBudget;
        });
  }

  /// The channels of a workspace for budgets that name none.
  List<Channel> findDefaults(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.is_default
          AND c.archived_at IS NULL
        ORDER BY c.name
        """,
        statement -> {
          statement.setObject(1, workspace);
          return read(statement.executeQuery());
        });
  }

  /// The channels of a workspace that work and may stand in for another one, the one that is meant
  /// to first.
  List<Channel> findFallbacks(UUID workspace, UUID other) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.id <> ?
          AND (c.is_fallback OR c.is_default)
          AND c.health = 'ok'
          AND c.archived_at IS NULL
        ORDER BY c.is_fallback DESC, c.name
        """,
        statement -> {
          Statements.bind(statement, workspace, other);
          return read(statement.executeQuery());
        });
  }

  /// Those of the kinds for which {@link #ensureDefault} has something to do.
  List<ChannelKind> findMissing(UUID workspace, List<ChannelKind> kinds) {
    return jdbc.prepareStatement(
        """
        SELECT kind
        FROM unnest(?) AS wanted (kind)
        WHERE NOT EXISTS (
          SELECT FROM stipend.notification_channels c
          WHERE c.workspace_id = ?
            AND ? || wanted.kind IN (c.name, c.archived_name))
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, kinds).texts(Labels::of);
          statement.setObject(2, workspace);
          statement.setString(3, OF_ENVIRONMENT);
          return Rows.list(
              statement, row -> Labels.parse(ChannelKind.class, row.getString("kind")));
        });
  }

  /// Makes sure that a workspace has a default channel of a kind that takes everything from the
  /// environment, unless it had one and somebody deleted it.
  void ensureDefault(UUID workspace, ChannelKind kind) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.notification_channels (workspace_id, kind, name, config, is_default)
        SELECT workspace_id, ?, name, '{}', TRUE
        FROM (VALUES (CAST(? AS uuid), CAST(? AS text))) AS wanted (workspace_id, name)
        WHERE NOT EXISTS (
          SELECT FROM stipend.notification_channels c
          WHERE c.workspace_id = wanted.workspace_id
            AND wanted.name IN (c.name, c.archived_name))
        ON CONFLICT (workspace_id, name) DO NOTHING
        """,
        Labels.of(kind),
        workspace,
        OF_ENVIRONMENT + Labels.of(kind));
  }

  public static Channel channel(ResultSet row) throws SQLException {
    Map<String, String> config = new HashMap<>();
    if (ExactJson.parse(row.getString("config")) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> config.put(String.valueOf(key), String.valueOf(value)));
    }
    return new Channel(
        row.getObject("workspace_id", UUID.class),
        row.getObject("id", UUID.class),
        Labels.parse(ChannelKind.class, row.getString("kind")),
        row.getString("name"),
        config,
        Labels.parse(Severity.class, row.getString("min_severity")));
  }

  private static List<Channel> read(ResultSet rows) throws SQLException {
    List<Channel> channels = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        channels.add(channel(rows));
      }
    }
    return channels;
  }
}
