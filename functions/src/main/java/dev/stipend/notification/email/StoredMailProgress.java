package dev.stipend.notification.email;

import dev.stipend.notification.channel.Channel;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The rows of `mail_progress`.
@Singleton
class StoredMailProgress implements MailProgress {
  /// As long as a delivery is tried. Whoever has it sent again later means everybody.
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final JdbcOperations jdbc;

  StoredMailProgress(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  @Transactional
  public Set<String> told(Channel channel, String notice, Instant now) {
    return Sql.set(
        jdbc,
        """
        SELECT address
        FROM stipend.mail_progress
        WHERE workspace_id = ?
          AND channel_id = ?
          AND notice = ?
          AND sent_at > ?
        """,
        row -> row.getString("address"),
        channel.workspaceId(),
        channel.id(),
        notice,
        Instants.parameter(now.minus(REMEMBERED)));
  }

  @Override
  @Transactional
  public void note(Channel channel, String notice, Collection<String> addresses, Instant now) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend.mail_progress WHERE sent_at <= ?",
        Instants.parameter(now.minus(REMEMBERED)));
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.mail_progress (workspace_id, channel_id, notice, sent_at, address)
        SELECT ?, ?, ?, ?, address
        FROM unnest(?) AS told (address)
        ON CONFLICT (workspace_id, channel_id, notice, address) DO UPDATE
        SET sent_at = EXCLUDED.sent_at
        """,
        statement -> {
          Statements.bind(statement, channel.workspaceId(), channel.id(), notice, now);
          new ArrayBinder<>(statement, 5, List.copyOf(addresses)).texts(address -> address);
          return statement.executeUpdate();
        });
  }

  @Override
  @Transactional
  public void forget(Channel channel, String notice) {
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.mail_progress
        WHERE workspace_id = ?
          AND channel_id = ?
          AND notice = ?
        """,
        channel.workspaceId(),
        channel.id(),
        notice);
  }
}
