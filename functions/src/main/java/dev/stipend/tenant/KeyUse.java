package dev.stipend.tenant;

import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Keeps when keys were last used, to the hour: one write a key and hour is all that it costs.
@Singleton
class KeyUse {
  private static final Duration GRAIN = Duration.ofHours(1);

  /// Seconds after which the use is not noted.
  private static final int PATIENCE = 1;

  private final JdbcOperations jdbc;

  KeyUse(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Whether a use at this time is worth a write.
  static boolean isWorthNoting(Optional<Instant> lastUsedAt, Instant now) {
    return lastUsedAt.filter(last -> last.plus(GRAIN).isAfter(now)).isEmpty();
  }

  /// Notes a use. Does not wait for a lock: its holder is noting the same, or revoking the key.
  @Transactional
  void note(UUID workspace, UUID key, Instant now) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.api_keys
        SET last_used_at = ?
        WHERE (workspace_id, id) IN (
          SELECT workspace_id, id
          FROM stipend.api_keys
          WHERE workspace_id = ?
            AND id = ?
            AND coalesce(last_used_at <= ?, TRUE)
          FOR UPDATE SKIP LOCKED)
        """,
        statement -> {
          statement.setQueryTimeout(PATIENCE);
          Statements.bind(statement, now, workspace, key, Instants.parameter(now.minus(GRAIN)));
          return statement.executeUpdate();
        });
  }
}
