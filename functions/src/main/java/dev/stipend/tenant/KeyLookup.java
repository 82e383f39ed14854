package dev.stipend.tenant;

import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Finds whose a key is.
@Singleton
class KeyLookup {
  private final JdbcOperations jdbc;

  KeyLookup(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Whom a valid key belongs to.
  ///
  /// @param lastUsedAt what is kept of its last use
  record Known(Caller caller, Optional<Instant> lastUsedAt) {}

  /// Finds a key by its hash; empty for an unknown or revoked one.
  @Connectable
  Optional<Known> find(byte[] hash) {
    return first(
        "k.key_hash = ?",
        statement -> statement.setBytes(1, hash),
        row -> MessageDigest.isEqual(hash, row.getBytes("key_hash")));
  }

  /// Finds a key by its identity; empty for an unknown or revoked one.
  @Connectable
  Optional<Known> find(UUID workspace, UUID key) {
    return first(
        "k.workspace_id = ? AND k.id = ?",
        statement -> Statements.bind(statement, workspace, key),
        row -> true);
  }

  private Optional<Known> first(String where, Binding binding, Check check) {
    return jdbc.prepareStatement(
        """
        SELECT k.id AS key_id, k.key_hash, k.role, k.user_id, k.last_used_at,
          w.id, w.slug, w.name, w.currency, w.time_zone, w.locale
        FROM stipend.api_keys k
        JOIN stipend.workspaces w ON w.id = k.workspace_id
        WHERE k.revoked_at IS NULL
          AND
        """
            + where,
        statement -> {
          statement.setQueryTimeout(Contention.STATEMENT_SECONDS);
          binding.bind(statement);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() && check.holds(row)
                ? Optional.of(new Known(caller(row), Instants.readOptional(row, "last_used_at")))
                : Optional.empty();
          }
        });
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  @FunctionalInterface
  private interface Check {
    boolean holds(ResultSet row) throws SQLException;
  }

  private static Caller caller(ResultSet row) throws SQLException {
    Workspace workspace =
        new Workspace(
            row.getObject("id", UUID.class),
            row.getString("slug"),
            row.getString("name"),
            row.getString("currency"),
            row.getString("time_zone"),
            row.getString("locale"));
    return new Caller(
        workspace,
        row.getObject("key_id", UUID.class),
        Labels.parse(Role.class, row.getString("role")),
        Optional.ofNullable(row.getString("user_id")));
  }
}
