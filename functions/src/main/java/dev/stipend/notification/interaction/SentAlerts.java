package dev.stipend.notification.interaction;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.ChannelRepository;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.util.Optional;

/// Finds what channels were told, for those who answer.
@Singleton
public class SentAlerts {
  private static final Argument<AlertSnapshot> SNAPSHOT = Argument.of(AlertSnapshot.class);

  private final JdbcOperations jdbc;
  private final JsonText json;

  SentAlerts(JdbcOperations jdbc, JsonText json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// What a delivery told, if it was sent in a message of its own, to a channel that is still
  /// there.
  @Transactional
  public Optional<SentAlert> find(DeliveryKey key) {
    return jdbc.prepareStatement(
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
        statement -> {
          statement.setObject(1, key.workspaceId());
          statement.setObject(2, key.alertId());
          statement.setObject(3, key.channelId());
          statement.setString(4, Labels.of(key.purpose()));
          try (ResultSet row = statement.executeQuery()) {
            return row.next()
                ? Optional.of(
                    new SentAlert(
                        ChannelRepository.channel(row),
                        json.read(row.getString("payload"), SNAPSHOT),
                        row.getString("provider_message_id")))
                : Optional.empty();
          }
        });
  }
}
