package dev.stipend.notification.delivery;

import dev.stipend.notification.silence.SuppressedDeliveries;
import dev.stipend.platform.sql.AfterCommit;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Sends an alert's messages again because somebody asks for it, whatever silence there is.
@Singleton
public class RequestedResends {
  private final JdbcOperations jdbc;
  private final DeliveryQueue queue;
  private final AfterCommit afterCommit;

  RequestedResends(JdbcOperations jdbc, DeliveryQueue queue, AfterCommit afterCommit) {
    this.jdbc = jdbc;
    this.queue = queue;
    this.afterCommit = afterCommit;
  }

  /// Has everything that was sent or has failed sent again, with the words it had. Answers how many
  /// messages that are.
  @Transactional
  public int again(UUID workspace, UUID alert, Instant now) {
    List<DeliveryKey> keys = resend(workspace, alert, now);
    if (!keys.isEmpty()) {
      afterCommit.run(() -> queue.send(keys, Duration.ZERO));
    }
    return keys.size();
  }

  private List<DeliveryKey> resend(UUID workspace, UUID alert, Instant now) {
    return Sql.list(
        jdbc,
        """
        UPDATE stipend.alert_deliveries d
        SET status = 'pending',
            attempts = 0,
            created_at = ?,
            next_attempt_at = ?,
            last_error = NULL,
            provider_message_id = NULL,
            digest_id = NULL
        FROM stipend.notification_channels c
        WHERE d.workspace_id = ?
          AND d.alert_id = ?
          AND d.status IN ('sent', 'failed')
          AND d.purpose <> 'undelivered'
          AND c.workspace_id = d.workspace_id
          AND c.id = d.channel_id
          AND c.archived_at IS NULL
        RETURNING d.workspace_id, d.alert_id, d.channel_id, d.purpose
        """,
        row -> SuppressedDeliveries.key(row),
        now,
        now,
        workspace,
        alert);
  }
}
