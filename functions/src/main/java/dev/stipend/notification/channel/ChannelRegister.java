package dev.stipend.notification.channel;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/// The channels of a workspace, to be listed, made, edited and archived. What is archived is seen
/// by nobody any more but the deliveries it has had.
@Singleton
public class ChannelRegister {
  private static final String UNIQUE_VIOLATION = "23505";

  private final RowIds ids;
  private final JdbcOperations jdbc;
  private final JsonText json;

  ChannelRegister(RowIds ids, JdbcOperations jdbc, JsonText json) {
    this.ids = ids;
    this.jdbc = jdbc;
    this.json = json;
  }

  /// A page of channels, newest first, of those made before the last one of the page before.
  @Transactional
  public List<ChannelRecord> page(UUID workspace, Instant before, UUID idBefore, int limit) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.archived_at IS NULL
          AND (c.created_at, c.id) < (?, ?)
        ORDER BY c.created_at DESC, c.id DESC
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, workspace, before, idBefore, limit);
          return read(statement);
        });
  }

  @Transactional
  public Optional<ChannelRecord> find(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.id = ?
          AND c.archived_at IS NULL
        """,
        statement -> {
          Statements.bind(statement, workspace, id);
          return read(statement).stream().findFirst();
        });
  }

  /// Makes a channel.
  ///
  /// @throws ChannelNameTakenException if another channel has the name
  @Transactional
  public ChannelRecord create(UUID workspace, NewChannel wanted, Instant now) {
    takeTurn(workspace);
    makeRoom(workspace, wanted);
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.notification_channels (
          name, config, min_severity, is_default, is_fallback, workspace_id, id, kind, created_at)
        VALUES (?, CAST(? AS jsonb), ?, ?, ?, ?, ?, ?, ?)
        RETURNING *
        """,
        statement -> {
          bind(statement, wanted);
          statement.setObject(6, workspace);
          statement.setObject(7, ids.next());
          statement.setString(8, Labels.of(wanted.kind()));
          statement.setObject(9, Instants.parameter(now));
          return write(statement, wanted).orElseThrow();
        });
  }

  /// A channel before and after an edit.
  public record Edited(ChannelRecord before, ChannelRecord after) {}

  /// Edits a channel; its kind stays. Empty if it is gone, and then nothing else has changed.
  ///
  /// @param change makes what is wanted of the channel as it is; nobody edits it meanwhile
  /// @throws ChannelNameTakenException if another channel has the name
  @Transactional
  public Optional<Edited> edit(
      UUID workspace, UUID id, Function<ChannelRecord, NewChannel> change) {
    return lock(workspace, id)
        .map(
            before -> {
              NewChannel wanted = change.apply(before);
              makeRoom(workspace, wanted);
              return new Edited(before, update(workspace, id, wanted));
            });
  }

  /// Whoever makes a fallback changes a second channel, so all editors of a workspace take turns
  /// before they lock a channel.
  private Optional<ChannelRecord> lock(UUID workspace, UUID id) {
    takeTurn(workspace);
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.id = ?
          AND c.archived_at IS NULL
        FOR NO KEY UPDATE
        """,
        statement -> {
          Statements.bind(statement, workspace, id);
          return read(statement).stream().findFirst();
        });
  }

  private ChannelRecord update(UUID workspace, UUID id, NewChannel wanted) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.notification_channels
        SET name = ?,
            config = CAST(? AS jsonb),
            min_severity = ?,
            is_default = ?,
            is_fallback = ?
        WHERE workspace_id = ?
          AND id = ?
        RETURNING *
        """,
        statement -> {
          bind(statement, wanted);
          statement.setObject(6, workspace);
          statement.setObject(7, id);
          return write(statement, wanted).orElseThrow();
        });
  }

  /// The names of budgets that name the channel, for themselves or for one of their thresholds.
  @Transactional
  public List<String> budgetsNaming(UUID workspace, UUID id, int most) {
    return Sql.list(
        jdbc,
        """
        SELECT b.name
        FROM stipend.budgets b
        WHERE b.workspace_id = ?
          AND b.status <> 'archived'
          AND (b.id IN (
              SELECT c.budget_id
              FROM stipend.budget_channels c
              WHERE c.workspace_id = b.workspace_id
                AND c.channel_id = ?)
            OR b.id IN (
              SELECT t.budget_id
              FROM stipend.budget_thresholds t
              WHERE t.workspace_id = b.workspace_id
                AND t.channels @> ARRAY[?]))
        ORDER BY b.name, b.id
        LIMIT ?
        """,
        rows -> rows.getString("name"),
        workspace,
        id,
        id,
        most);
  }

  /// Archives a channel, and ends the deliveries that were still on their way to it. Answers
  /// whether it was there.
  @Transactional
  public boolean archive(UUID workspace, UUID id, Instant now) {
    return jdbc.prepareStatement(
        """
        WITH archived AS (
          UPDATE stipend.notification_channels
          SET archived_at = ?,
              archived_name = name,
              name = 'archived ' || id
          WHERE workspace_id = ?
            AND id = ?
            AND archived_at IS NULL
          RETURNING workspace_id, id),
        ended AS (
          UPDATE stipend.alert_deliveries d
          SET status = 'failed',
              last_error = 'the channel was deleted',
              leased_until = NULL
          FROM archived
          WHERE d.workspace_id = archived.workspace_id
            AND d.channel_id = archived.id
            AND d.status IN ('pending', 'sending', 'retrying'))
        SELECT count(*) FROM archived
        """,
        statement -> {
          Statements.bind(statement, now, workspace, id);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1) == 1;
          }
        });
  }

  private void bind(PreparedStatement statement, NewChannel wanted) throws SQLException {
    Statements.bind(
        statement,
        wanted.name(),
        json.write(new TreeMap<>(wanted.config())),
        Labels.of(wanted.minSeverity()),
        wanted.isDefault(),
        wanted.isFallback());
  }

  private void takeTurn(UUID workspace) {
    jdbc.prepareStatement(
        "SELECT 1 FROM stipend.workspaces WHERE id = ? FOR NO KEY UPDATE",
        statement -> {
          statement.setObject(1, workspace);
          return statement.execute();
        });
  }

  /// A new fallback takes the place of the old one. The caller has its turn.
  private void makeRoom(UUID workspace, NewChannel wanted) {
    if (wanted.isFallback()) {
      Sql.update(
          jdbc,
          """
          UPDATE stipend.notification_channels
          SET is_fallback = FALSE
          WHERE workspace_id = ?
            AND is_fallback
          """,
          workspace);
    }
  }

  private static Optional<ChannelRecord> write(PreparedStatement statement, NewChannel wanted)
      throws SQLException {
    try {
      return read(statement).stream().findFirst();
    } catch (SQLException failure) {
      if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
        throw new ChannelNameTakenException(wanted.name());
      }
      throw failure;
    }
  }

  private static List<ChannelRecord> read(PreparedStatement statement) throws SQLException {
    return Rows.list(
        statement,
        rows ->
            new ChannelRecord(
                ChannelRepository.channel(rows),
                rows.getBoolean("is_default"),
                rows.getBoolean("is_fallback"),
                rows.getString("health"),
                Optional.ofNullable(rows.getString("health_reason")),
                Instants.readOptional(rows, "failing_since"),
                Instants.read(rows, "created_at")));
  }
}
