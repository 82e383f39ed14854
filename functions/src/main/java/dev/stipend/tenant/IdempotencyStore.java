package dev.stipend.tenant;

import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.ContentionException;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Gives each key its one answer.
@Singleton
public class IdempotencyStore {
  /// How long an answer is remembered.
  static final Duration REMEMBERED = Duration.ofDays(1);

  private static final int MOST_ATTEMPTS = 5;

  private final JdbcOperations jdbc;

  IdempotencyStore(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// What the key's first request was answered.
  private record Remembered(boolean sameRequest, String answer) {}

  /// Does the work in this transaction and remembers its answer, or answers what it did when the
  /// key came first.
  ///
  /// @param requestDigest identifies the request
  /// @throws KeyReusedException if the key came first with another request
  @Transactional
  public String answer(
      UUID workspace, String key, byte[] requestDigest, Instant now, Supplier<String> work) {
    forgetIfOld(workspace, key, now);
    // Who had the key may be forgotten before it is read: then the key is free again.
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (claim(workspace, key, requestDigest, now)) {
        String answer = work.get();
        keep(workspace, key, answer);
        return answer;
      }
      Optional<Remembered> remembered = remembered(workspace, key, requestDigest);
      if (remembered.isPresent()) {
        return remembered
            .filter(Remembered::sameRequest)
            .orElseThrow(() -> new KeyReusedException(key))
            .answer();
      }
    }
    throw new ContentionException("The answer of key %s was forgotten again".formatted(key));
  }

  private void forgetIfOld(UUID workspace, String key, Instant now) {
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.idempotency_keys
        WHERE workspace_id = ?
          AND key = ?
          AND created_at < ?
          AND (SELECT %s) IS NOT NULL
        """
            .formatted(Contention.BOUNDED),
        workspace,
        key,
        Instants.parameter(now.minus(REMEMBERED)));
  }

  /// Waits for another transaction that has claimed the key and is not over.
  private boolean claim(UUID workspace, String key, byte[] requestDigest, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.idempotency_keys (workspace_id, key, request_digest, answer, created_at)
        VALUES (?, ?, ?, '', ?)
        ON CONFLICT (workspace_id, key) DO NOTHING
        """,
        statement -> {
          Statements.bind(statement, workspace, key, requestDigest, now);
          return statement.executeUpdate() == 1;
        });
  }

  private Optional<Remembered> remembered(UUID workspace, String key, byte[] requestDigest) {
    return Sql.first(
        jdbc,
        """
        SELECT request_digest, answer
        FROM stipend.idempotency_keys
        WHERE workspace_id = ?
          AND key = ?
        """,
        row ->
            new Remembered(
                MessageDigest.isEqual(requestDigest, row.getBytes("request_digest")),
                row.getString("answer")),
        workspace,
        key);
  }

  /// Has a key's first request be answered so from now on.
  @Transactional
  public void keep(UUID workspace, String key, String answer) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.idempotency_keys
        SET answer = ?
        WHERE workspace_id = ?
          AND key = ?
        """,
        answer,
        workspace,
        key);
  }
}
