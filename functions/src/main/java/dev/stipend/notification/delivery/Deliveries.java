package dev.stipend.notification.delivery;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.Suppression;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.silence.SuppressedDeliveries;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `alert_deliveries`: staged, and found again.
@Singleton
public class Deliveries {
  /// A delivery to stage.
  ///
  /// @param payload what it will say
  /// @param suppression why it is not sent now
  public record Staged(DeliveryKey key, String payload, Optional<Suppression> suppression) {}

  private final JdbcOperations jdbc;

  Deliveries(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  public void insert(List<Staged> staged, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.alert_deliveries (
          created_at, workspace_id, alert_id, channel_id, purpose, payload, next_attempt_at, last_error, status)
        SELECT ?, workspace_id, alert_id, channel_id, purpose, CAST(payload AS jsonb), next_attempt_at, hush,
          CASE WHEN hush IS NULL THEN 'pending' ELSE 'suppressed' END
        FROM unnest(?, ?, ?, ?, ?, ?, ?) AS staged (
          workspace_id, alert_id, channel_id, purpose, payload, next_attempt_at, hush)
        ON CONFLICT (workspace_id, alert_id, channel_id, purpose) DO NOTHING
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          new ArrayBinder<>(statement, 2, staged)
              .uuids(one -> one.key().workspaceId())
              .uuids(one -> one.key().alertId())
              .uuids(one -> one.key().channelId())
              .texts(one -> Labels.of(one.key().purpose()))
              .texts(Staged::payload)
              .instants(one -> one.suppression().map(Suppression::until).orElse(now))
              .texts(one -> one.suppression().map(Suppression::reason).orElse(null));
          return statement.executeUpdate();
        });
  }

  /// Stages a notice for a channel that stands in for another one. Where it does so for a third one
  /// already, with the same notice, it names both.
  void insertUndelivered(List<Staged> staged, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.alert_deliveries AS d (
          created_at, next_attempt_at, status, workspace_id, alert_id, channel_id, purpose, payload)
        SELECT ?, ?, 'pending', workspace_id, alert_id, channel_id, purpose, CAST(payload AS jsonb)
        FROM unnest(?, ?, ?, ?, ?) AS staged (workspace_id, alert_id, channel_id, purpose, payload)
        ORDER BY workspace_id, alert_id, channel_id, purpose
        ON CONFLICT (workspace_id, alert_id, channel_id, purpose) DO UPDATE
        SET payload = jsonb_set(EXCLUDED.payload, '{undelivered}',
              coalesce(d.payload -> 'undelivered', '[]') || (EXCLUDED.payload -> 'undelivered')),
            created_at = EXCLUDED.created_at,
            next_attempt_at = EXCLUDED.next_attempt_at,
            status = 'pending',
            attempts = 0,
            leased_until = NULL,
            digest_id = NULL,
            provider_message_id = NULL
        """,
        statement -> {
          Statements.bind(statement, now, now);
          new ArrayBinder<>(statement, 3, staged)
              .uuids(one -> one.key().workspaceId())
              .uuids(one -> one.key().alertId())
              .uuids(one -> one.key().channelId())
              .texts(one -> Labels.of(one.key().purpose()))
              .texts(Staged::payload);
          return statement.executeUpdate();
        });
  }

  /// Stages for tables that alerts have changed, where they were written or will be. One that is on
  /// its way already goes once more, since what it says may be of before. Answers what is to be
  /// sent.
  List<DeliveryKey> insertChanged(
      Collection<UUID> workspaces, Collection<UUID> alerts, Instant now) {
    return Sql.list(
        jdbc,
        """
        INSERT INTO stipend.alert_deliveries AS d (
          created_at, next_attempt_at, status, workspace_id, alert_id, channel_id, purpose, payload)
        SELECT at.now, at.now, 'pending', r.workspace_id, r.alert_id, r.channel_id, ?, r.payload
        FROM (SELECT CAST(? AS timestamptz) AS now) at
        CROSS JOIN stipend.alert_deliveries r
        JOIN stipend.notification_channels c
          ON c.workspace_id = r.workspace_id
         AND c.id = r.channel_id
         AND c.kind = ?
         AND c.archived_at IS NULL
        WHERE r.workspace_id = ANY (?)
          AND r.alert_id = ANY (?)
          AND r.purpose = ?
          AND (r.status <> 'suppressed' OR r.sent_at IS NOT NULL)
        ORDER BY r.workspace_id, r.alert_id, r.channel_id
        ON CONFLICT (workspace_id, alert_id, channel_id, purpose) DO UPDATE
        SET status = 'pending',
            created_at = EXCLUDED.created_at,
            next_attempt_at = EXCLUDED.next_attempt_at,
            leased_until = NULL,
            last_error = NULL
        RETURNING workspace_id, alert_id, channel_id, purpose
        """,
        row -> SuppressedDeliveries.key(row),
        Labels.of(Purpose.CHANGED),
        now,
        Labels.of(ChannelKind.TABLE),
        Statements.array("uuid", workspaces),
        Statements.array("uuid", alerts),
        Labels.of(Purpose.RAISED));
  }

  /// Deliveries that were due before an instant and are not finished.
  @Transactional
  List<DeliveryKey> dueBefore(Instant instant, int most) {
    return jdbc.prepareStatement(
        """
        SELECT workspace_id, alert_id, channel_id, purpose
        FROM stipend.alert_deliveries
        WHERE status IN ('pending', 'sending', 'retrying')
          AND next_attempt_at <= ?
        ORDER BY next_attempt_at
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, instant, most);
          return keys(statement);
        });
  }

  /// The deliveries that notified people of an alert, or will; and those that were spared,
  /// since a higher threshold was sent instead.
  List<DeliveryKey> sentOrSending(UUID workspace, UUID alert) {
    return jdbc.prepareStatement(
        """
        SELECT workspace_id, alert_id, channel_id, purpose
        FROM stipend.alert_deliveries
        WHERE workspace_id = ?
          AND alert_id = ?
          AND purpose = ?
          AND (status <> 'suppressed' OR sent_at IS NOT NULL OR spared_by IS NOT NULL)
        """,
        statement -> {
          Statements.bind(statement, workspace, alert, Labels.of(Purpose.RAISED));
          return keys(statement);
        });
  }

  private static List<DeliveryKey> keys(PreparedStatement statement) throws SQLException {
    return Rows.list(statement, rows -> SuppressedDeliveries.key(rows));
  }
}
