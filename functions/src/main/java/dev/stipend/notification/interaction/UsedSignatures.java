package dev.stipend.notification.interaction;

import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Requests that were answered, by their signatures: none is answered twice.
@Singleton
public class UsedSignatures {
  /// Longer than any request is valid, so that what is forgotten is too old anyway.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final JdbcOperations jdbc;

  UsedSignatures(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Uses a signature. Answers whether nobody has before.
  @Transactional
  public boolean use(byte[] signature, Instant now) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend.slack_requests WHERE received_at < ?",
        Instants.parameter(now.minus(REMEMBERED)));
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.slack_requests (signature, received_at)
        VALUES (?, ?)
        ON CONFLICT (signature) DO NOTHING
        """,
        statement -> {
          Statements.bind(statement, signature, now);
          return statement.executeUpdate() == 1;
        });
  }
}
