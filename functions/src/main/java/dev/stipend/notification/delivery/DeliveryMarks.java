package dev.stipend.notification.delivery;

import dev.stipend.notification.channel.Channel;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Marks what came of attempts.
@Singleton
class DeliveryMarks {
  private final JdbcOperations jdbc;

  DeliveryMarks(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// What to write about an attempt.
  record Mark(
      DeliveryStatus status,
      Instant nextAttemptAt,
      @Nullable Instant sentAt,
      @Nullable String providerMessageId,
      @Nullable String error) {}

  /// Marks deliveries, except those whose lease has ended and that somebody else has taken over.
  /// What was sent before stays known by its first message.
  void mark(Channel channel, List<DeliveryLease> claims, Mark mark) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.alert_deliveries d
        SET status = ?,
            next_attempt_at = ?,
            sent_at = coalesce(?, d.sent_at),
            provider_message_id = coalesce(d.provider_message_id, ?),
            last_error = ?,
            leased_until = NULL
        FROM unnest(?, ?, ?) AS claimed (alert_id, purpose, attempt)
        WHERE d.workspace_id = ?
          AND d.alert_id = claimed.alert_id
          AND d.channel_id = ?
          AND d.purpose = claimed.purpose
          AND d.status = 'sending'
          AND d.attempts = claimed.attempt
        """,
        statement -> {
          Statements.bind(
              statement,
              Labels.of(mark.status()),
              mark.nextAttemptAt(),
              mark.sentAt(),
              mark.providerMessageId(),
              mark.error());
          new ArrayBinder<>(statement, 6, claims)
              .uuids(claim -> claim.key().alertId())
              .texts(claim -> Labels.of(claim.key().purpose()))
              .longs(DeliveryLease::attempt);
          statement.setObject(9, channel.workspaceId());
          statement.setObject(10, channel.id());
          return statement.executeUpdate();
        });
  }
}
