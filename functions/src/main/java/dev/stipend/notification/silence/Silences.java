package dev.stipend.notification.silence;

import dev.stipend.budget.Scope;
import dev.stipend.platform.json.ExactJson;
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
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The silences of workspaces. Whatever ends or narrows one has suppressed deliveries looked at
/// again by the next sweep.
@Singleton
public class Silences {
  private static final String SCOPE = "scope";
  private static final String SCOPE_ID = "scopeId";
  private static final String BUDGET_ID = "budgetId";
  private static final String CHANNEL_ID = "channelId";

  private final RowIds ids;
  private final JdbcOperations jdbc;
  private final JsonText json;
  private final SuppressedDeliveries deliveries;

  Silences(RowIds ids, JdbcOperations jdbc, JsonText json, SuppressedDeliveries deliveries) {
    this.ids = ids;
    this.jdbc = jdbc;
    this.json = json;
    this.deliveries = deliveries;
  }

  /// A page of silences, newest first, of those made before the last one of the page before.
  ///
  /// @param activeAt only silences that hold at this instant
  @Transactional
  public List<Silence> page(
      UUID workspace, Optional<Instant> activeAt, Instant before, UUID idBefore, int limit) {
    return jdbc.prepareStatement(
        """
        SELECT s.*
        FROM stipend.silences s
        WHERE s.workspace_id = ?
          AND (s.created_at, s.id) < (?, ?)
          AND s.from_time <= coalesce(?, s.from_time)
          AND s.until_time > coalesce(?, s.from_time)
        ORDER BY s.created_at DESC, s.id DESC
        LIMIT ?
        """,
        statement -> {
          Statements.bind(
              statement,
              workspace,
              before,
              idBefore,
              Instants.parameter(activeAt.orElse(null)),
              Instants.parameter(activeAt.orElse(null)),
              limit);
          return read(statement);
        });
  }

  @Transactional
  public Optional<Silence> find(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        "SELECT s.* FROM stipend.silences s WHERE s.workspace_id = ? AND s.id = ?",
        statement -> {
          Statements.bind(statement, workspace, id);
          return read(statement).stream().findFirst();
        });
  }

  /// The silences that hold in workspaces, those that last longest first.
  public List<Silence> active(Collection<UUID> workspaces, Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT s.*
        FROM stipend.silences s
        WHERE s.workspace_id = ANY (?)
          AND s.from_time <= ?
          AND s.until_time > ?
        ORDER BY s.until_time DESC, s.id
        """,
        statement -> {
          Statements.bind(statement, Statements.array("uuid", workspaces), now, now);
          return read(statement);
        });
  }

  /// The silences about one budget that hold now, those that last longest first.
  @Transactional
  public List<Silence> activeOf(UUID workspace, UUID budget, Instant now, int most) {
    return jdbc.prepareStatement(
        """
        SELECT s.*
        FROM stipend.silences s
        WHERE s.workspace_id = ?
          AND s.matcher ->> 'budgetId' = ?
          AND s.from_time <= ?
          AND s.until_time > ?
        ORDER BY s.until_time DESC, s.id
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, workspace, budget.toString(), now, now, most);
          return read(statement);
        });
  }

  @Transactional
  public Silence create(UUID workspace, NewSilence wanted, String actor, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.silences (
          matcher, from_time, until_time, reason, workspace_id, id, created_by, created_at)
        VALUES (CAST(? AS jsonb), ?, ?, ?, ?, ?, ?, ?)
        RETURNING *
        """,
        statement -> {
          bind(statement, wanted);
          statement.setObject(5, workspace);
          statement.setObject(6, ids.next());
          statement.setString(7, actor);
          statement.setObject(8, Instants.parameter(now));
          return read(statement).getFirst();
        });
  }

  /// Edits a silence. Empty if it is gone.
  @Transactional
  public Optional<Silence> update(UUID workspace, UUID id, NewSilence wanted, Instant now) {
    Optional<Silence> after =
        jdbc.prepareStatement(
            """
            UPDATE stipend.silences
            SET matcher = CAST(? AS jsonb),
                from_time = ?,
                until_time = ?,
                reason = ?
            WHERE workspace_id = ?
              AND id = ?
            RETURNING *
            """,
            statement -> {
              bind(statement, wanted);
              statement.setObject(5, workspace);
              statement.setObject(6, id);
              return read(statement).stream().findFirst();
            });
    deliveries.recheckWorkspaces(List.of(workspace), now);
    return after;
  }

  /// Deletes a silence; the deliveries that it suppressed still name it. Answers whether it was
  /// there.
  @Transactional
  public boolean delete(UUID workspace, UUID id, Instant now) {
    int deleted =
        Sql.update(
            jdbc, "DELETE FROM stipend.silences WHERE workspace_id = ? AND id = ?", workspace, id);
    deliveries.recheckWorkspaces(List.of(workspace), now);
    return deleted == 1;
  }

  private void bind(PreparedStatement statement, NewSilence wanted) throws SQLException {
    Statements.bind(
        statement, write(wanted.matcher()), wanted.from(), wanted.until(), wanted.reason());
  }

  private static List<Silence> read(PreparedStatement statement) throws SQLException {
    return Rows.list(
        statement,
        row ->
            new Silence(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                matcher(row.getString("matcher")),
                Instants.read(row, "from_time"),
                Instants.read(row, "until_time"),
                row.getString("reason"),
                row.getString("created_by"),
                Instants.read(row, "created_at")));
  }

  private static SilenceMatcher matcher(String text) {
    Map<?, ?> parts = ExactJson.parse(text) instanceof Map<?, ?> map ? map : Map.of();
    return new SilenceMatcher(
        part(parts, SCOPE).map(label -> Labels.parse(Scope.class, label)),
        part(parts, SCOPE_ID),
        part(parts, BUDGET_ID).map(UUID::fromString),
        part(parts, CHANNEL_ID).map(UUID::fromString));
  }

  private static Optional<String> part(Map<?, ?> parts, String name) {
    return Optional.ofNullable(parts.get(name)).map(String::valueOf);
  }

  private String write(SilenceMatcher matcher) {
    Map<String, String> parts = new TreeMap<>();
    matcher.scope().ifPresent(scope -> parts.put(SCOPE, Labels.of(scope)));
    matcher.scopeId().ifPresent(id -> parts.put(SCOPE_ID, id));
    matcher.budgetId().ifPresent(id -> parts.put(BUDGET_ID, id.toString()));
    matcher.channelId().ifPresent(id -> parts.put(CHANNEL_ID, id.toString()));
    return json.write(parts);
  }
}
