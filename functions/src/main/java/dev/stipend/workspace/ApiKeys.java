package dev.stipend.workspace;

import dev.stipend.json.Labels;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// Recognises API keys. A key is looked up by its SHA-256, so that neither the database nor the
/// time a look-up takes tells anything of the keys it holds.
@Singleton
public class ApiKeys {
  private static final int SHOWN_PREFIX = 8;

  /// Seconds after which the database is taken not to answer.
  private static final int PATIENCE = 3;

  private final JdbcOperations jdbc;

  ApiKeys(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The caller to whom the key belongs; empty for an unknown or revoked key.
  @Connectable
  public Optional<Caller> authenticate(String key) {
    byte[] hash = hash(key);
    return jdbc.prepareStatement(
        """
        SELECT k.id AS key_id, k.key_hash, k.role, k.user_id,
          w.id, w.slug, w.name, w.currency, w.time_zone, w.locale
        FROM stipend.api_keys k
        JOIN stipend.workspaces w ON w.id = k.workspace_id
        WHERE k.key_hash = ?
          AND k.revoked_at IS NULL
        """,
        statement -> {
          statement.setQueryTimeout(PATIENCE);
          statement.setBytes(1, hash);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() && MessageDigest.isEqual(hash, row.getBytes("key_hash"))
                ? Optional.of(caller(row))
                : Optional.empty();
          }
        });
  }

  /// Makes sure that a key exists in a workspace, as an installation's first key must. The same key
  /// again changes nothing.
  @Transactional
  public void ensure(String workspaceSlug, String key, Role role, Optional<String> userId) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.api_keys (workspace_id, name, prefix, key_hash, role, user_id)
        SELECT id, 'bootstrap', ?, ?, ?, ?
        FROM stipend.workspaces
        WHERE slug = ?
        ON CONFLICT (key_hash) DO NOTHING
        """,
        statement -> {
          statement.setString(1, key.substring(0, Math.min(SHOWN_PREFIX, key.length() / 4)));
          statement.setBytes(2, hash(key));
          statement.setString(3, Labels.of(role));
          statement.setString(4, userId.orElse(null));
          statement.setString(5, workspaceSlug);
          return statement.executeUpdate();
        });
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

  /// What stands for a key where the key itself must not be kept.
  static String hashText(String key) {
    return HexFormat.of().formatHex(hash(key));
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
