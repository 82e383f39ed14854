package dev.stipend.console.session;

import dev.stipend.platform.sql.Sql;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;

/// What the database knows of sessions: the secret that they are signed with, and which have ended
/// before their time.
@Singleton
class SessionRepository {
  private final JdbcOperations jdbc;

  SessionRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// What is needed to believe a ticket.
  ///
  /// @param secret what tickets are signed with
  /// @param isEnded whether the session was ended
  record Evidence(SessionSecret secret, boolean isEnded) {}

  @Connectable
  Evidence evidence(UUID session) {
    return Sql.first(
            jdbc,
            """
            SELECT key,
              EXISTS (SELECT FROM stipend.ended_sessions WHERE session_id = ?) AS is_ended
            FROM stipend.deployment_keys
            WHERE purpose = 'session'
            """,
            row -> new Evidence(new SessionSecret(row.getBytes("key")), row.getBoolean("is_ended")),
            session)
        .orElseThrow(() -> new IllegalStateException("the database has no key for sessions"));
  }

  /// Ends a session, and forgets those that would be over by now anyway.
  @Transactional
  void end(UUID session, Instant expiresAt, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.ended_sessions (session_id, expires_at)
        VALUES (?, ?)
        ON CONFLICT DO NOTHING
        """,
        session,
        expiresAt);
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.ended_sessions
        WHERE session_id IN (
          SELECT session_id
          FROM stipend.ended_sessions
          WHERE expires_at < ?
          LIMIT 100
          FOR UPDATE SKIP LOCKED)
        """,
        now);
  }
}
