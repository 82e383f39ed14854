package dev.stipend.tenant;

import dev.stipend.platform.json.Labels;
import dev.stipend.platform.secrets.KeySource;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The keys of a workspace, to be listed, made and revoked.
@Singleton
public class KeyRing {
  private static final String COLUMNS =
      "id, name, prefix, role, user_id, created_at, last_used_at, revoked_at\n";

  private final KeySource source;
  private final RowIds ids;
  private final JdbcOperations jdbc;

  KeyRing(KeySource source, RowIds ids, JdbcOperations jdbc) {
    this.source = source;
    this.ids = ids;
    this.jdbc = jdbc;
  }

  /// A page of keys, newest first, of those made before the last one of the page before.
  @Transactional
  public List<KeyRecord> page(UUID workspace, Instant before, UUID idBefore, int limit) {
    return jdbc.prepareStatement(
        "SELECT "
            + COLUMNS
            + """
            FROM stipend.api_keys
            WHERE workspace_id = ?
              AND (created_at, id) < (?, ?)
            ORDER BY created_at DESC, id DESC
            LIMIT ?
            """,
        statement -> {
          Statements.bind(statement, workspace, before, idBefore, limit);
          return read(statement);
        });
  }

  @Transactional
  public Optional<KeyRecord> find(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        "SELECT " + COLUMNS + "FROM stipend.api_keys WHERE workspace_id = ? AND id = ?",
        statement -> {
          Statements.bind(statement, workspace, id);
          return read(statement).stream().findFirst();
        });
  }

  /// Makes a key. Only its hash is kept.
  @Transactional
  public IssuedKey create(UUID workspace, NewKey wanted, Instant now) {
    String key = source.next();
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.api_keys (
          workspace_id, id, name, prefix, key_hash, role, user_id, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING
        """
            + COLUMNS,
        statement -> {
          Statements.bind(
              statement,
              workspace,
              ids.next(),
              wanted.name(),
              KeyText.prefix(key),
              KeyText.hash(key),
              Labels.of(wanted.role()),
              wanted.userId().orElse(null),
              now);
          return new IssuedKey(read(statement).getFirst(), key);
        });
  }

  /// Revokes a key, so that the next request with it is refused. Two admins who revoke each other's
  /// key at the same time cannot both succeed: each locks all admin keys first.
  ///
  /// @param callersKey the key of the caller
  @Transactional
  public Revocation revoke(UUID workspace, UUID id, UUID callersKey, Instant now) {
    List<UUID> admins = lockAdmins(workspace);
    Optional<KeyRecord> key = find(workspace, id);
    if (key.isEmpty()) {
      return Revocation.UNKNOWN;
    }
    if (key.get().revokedAt().isPresent()) {
      return Revocation.REVOKED_BEFORE;
    }
    if (id.equals(callersKey)) {
      return Revocation.OWN;
    }
    if (admins.equals(List.of(id))) {
      return Revocation.LAST_ADMIN;
    }
    markRevoked(workspace, id, now);
    return Revocation.REVOKED;
  }

  private List<UUID> lockAdmins(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT id
        FROM stipend.api_keys
        WHERE workspace_id = ?
          AND role = 'admin'
          AND revoked_at IS NULL
        ORDER BY id
        FOR UPDATE
        """,
        statement -> {
          statement.setObject(1, workspace);
          return Rows.list(statement, row -> row.getObject("id", UUID.class));
        });
  }

  private void markRevoked(UUID workspace, UUID id, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.api_keys
        SET revoked_at = ?
        WHERE workspace_id = ?
          AND id = ?
          AND revoked_at IS NULL
        """,
        now,
        workspace,
        id);
  }

  private static List<KeyRecord> read(PreparedStatement statement) throws SQLException {
    return Rows.list(
        statement,
        row ->
            new KeyRecord(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("prefix"),
                Labels.parse(Role.class, row.getString("role")),
                Optional.ofNullable(row.getString("user_id")),
                Instants.read(row, "created_at"),
                Instants.readOptional(row, "last_used_at"),
                Instants.readOptional(row, "revoked_at")));
  }
}
