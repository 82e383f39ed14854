package dev.stipend.notification.interaction;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.ChannelRepository;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Sql;
import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;

/// Finds what was sent to channels, for people who respond to it.
@Singleton
public class SentAlerts {
  private static final Argument<AlertSnapshot> SNAPSHOT = Argument.of(AlertSnapshot.class);

  private final JdbcOperations jdbc;
  private final JsonText json;

  SentAlerts(JdbcOperations jdbc, JsonText json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// The alert of a delivery, if it was sent in a message of its own, to a channel that is still
  /// there.
  @Transactional
  public Optional<SentAlert> find(DeliveryKey key) {
    return Sql.first(
        jdbc,
        """
        SELECT d.payload, d.provider_message_id, c.*
        FROM stipend.alert_deliveries d
        JOIN stipend.notification_channels c
          ON c.workspace_id = d.workspace_id
         AND c.id = d.channel_id
        WHERE d.workspace_id = ?
          AND d.alert_id = ?
          AND d.channel_id = ?
          AND d.purpose = ?
          AND d.provider_message_id IS NOT NULL
          AND d.digest_id IS NULL
          AND c.archived_at IS NULL
        """,
        row ->
            new SentAlert(
                ChannelRepository.channel(row),
                json.read(row.getString("payload"), SNAPSHOT),
                row.getString("provider_message_id")),
        key.workspaceId(),
        key.alertId(),
        key.channelId(),
        Labels.of(key.purpose()));
  }
}
