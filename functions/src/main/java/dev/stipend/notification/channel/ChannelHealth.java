package dev.stipend.notification.channel;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Instant;

/// Whether channels work, as the last messages to them have shown.
@Singleton
public class ChannelHealth {
  private final JdbcOperations jdbc;

  ChannelHealth(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// A message has come through. Where the channel was thought to fail, what it could not be sent
  /// is looked at again.
  @Transactional
  public void works(Channel channel, Instant now) {
    if (heals(channel)) {
      revive(channel, now);
    }
  }

  private boolean heals(Channel channel) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.notification_channels
        SET health = 'ok',
            health_reason = NULL,
            failing_since = NULL
        WHERE workspace_id = ?
          AND id = ?
          AND health <> 'ok'
        """,
        statement -> {
          Statements.bind(statement, channel.workspaceId(), channel.id());
          return statement.executeUpdate() == 1;
        });
  }

  /// Has what a channel could not be sent looked at by the next sweep: alerts that are still open,
  /// and that no other channel was sent instead.
  private void revive(Channel channel, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.alert_deliveries d
        SET status = 'suppressed',
            last_error = 'the channel works again',
            next_attempt_at = ?
        FROM stipend.alert_logs a
        WHERE d.workspace_id = ?
          AND d.channel_id = ?
          AND d.purpose = ?
          AND d.status = 'failed'
          AND d.sent_at IS NULL
          AND a.workspace_id = d.workspace_id
          AND a.id = d.alert_id
          AND a.resolved_at IS NULL
          AND NOT EXISTS (
            SELECT
            FROM stipend.alert_deliveries elsewhere
            WHERE elsewhere.workspace_id = d.workspace_id
              AND elsewhere.alert_id = d.alert_id
              AND elsewhere.purpose = 'undelivered')
        """,
        now,
        channel.workspaceId(),
        channel.id(),
        Labels.of(Purpose.RAISED));
  }

  /// A message has failed for good. Answers whether the channel was thought to work until now.
  ///
  /// @param reason for people; holds no secret
  @Transactional
  public boolean fails(Channel channel, String reason, Instant now) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.notification_channels c
        SET health = 'failing',
            health_reason = ?,
            failing_since = coalesce(c.failing_since, ?)
        FROM (
          SELECT workspace_id, id, health
          FROM stipend.notification_channels
          WHERE workspace_id = ?
            AND id = ?
          FOR UPDATE) before
        WHERE c.workspace_id = before.workspace_id
          AND c.id = before.id
        RETURNING before.health
        """,
        statement -> {
          Statements.bind(statement, reason, now, channel.workspaceId(), channel.id());
          try (ResultSet row = statement.executeQuery()) {
            return row.next() && row.getString("health").equals("ok");
          }
        });
  }
}
