package dev.stipend.notify;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.Hush;
import dev.stipend.json.Labels;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `alert_deliveries`: staged, and found again.
@Singleton
class Deliveries {
  /// A delivery to stage.
  ///
  /// @param payload what it will say
  /// @param hush why it is not sent now
  record Staged(DeliveryKey key, String payload, Optional<Hush> hush) {}

  private final JdbcOperations jdbc;

  Deliveries(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  void insert(List<Staged> staged, Instant now) {
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
              .instants(one -> one.hush().map(Hush::until).orElse(now))
              .texts(one -> one.hush().map(Hush::reason).orElse(null));
          return statement.executeUpdate();
        });
  }

  /// Stages a notice for a channel that stands in for another one. Where it tells of the same alert
  /// for a third already, it tells again, of both.
  void insertUndelivered(DeliveryKey key, String payload, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.alert_deliveries AS d (
          workspace_id, alert_id, channel_id, purpose, payload, created_at, next_attempt_at, status)
        VALUES (?, ?, ?, ?, CAST(? AS jsonb), ?, ?, 'pending')
        ON CONFLICT (workspace_id, alert_id, channel_id, purpose) DO UPDATE
        SET payload = jsonb_set(EXCLUDED.payload, '{alert,reason}', to_jsonb(
              (d.payload #>> '{alert,reason}') || '; ' || (EXCLUDED.payload #>> '{alert,reason}'))),
            created_at = EXCLUDED.created_at,
            next_attempt_at = EXCLUDED.next_attempt_at,
            status = 'pending',
            attempts = 0,
            leased_until = NULL,
            digest_id = NULL,
            provider_message_id = NULL
        """,
        statement -> {
          bindKey(statement, 1, key);
          statement.setString(5, payload);
          statement.setObject(6, Instants.parameter(now));
          statement.setObject(7, Instants.parameter(now));
          return statement.executeUpdate();
        });
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
          statement.setObject(1, Instants.parameter(instant));
          statement.setInt(2, most);
          return keys(statement);
        });
  }

  /// The deliveries by which people heard of an alert, or will: not those that are kept silent.
  List<DeliveryKey> told(UUID workspace, UUID alert) {
    return jdbc.prepareStatement(
        """
        SELECT workspace_id, alert_id, channel_id, purpose
        FROM stipend.alert_deliveries
        WHERE workspace_id = ?
          AND alert_id = ?
          AND purpose = ?
          AND (status <> 'suppressed' OR sent_at IS NOT NULL)
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, alert);
          statement.setString(3, Labels.of(Purpose.RAISED));
          return keys(statement);
        });
  }

  /// The deliveries by which people know of alerts, and of their end if they are over: not those
  /// that failed, nor those whose recovery was kept silent.
  List<DeliveryKey> known(UUID workspace, Collection<UUID> alerts) {
    return jdbc.prepareStatement(
        """
        SELECT d.workspace_id, d.alert_id, d.channel_id, d.purpose
        FROM stipend.alert_deliveries d
        WHERE d.workspace_id = ?
          AND d.alert_id = ANY (?)
          AND d.purpose = ?
          AND (d.status NOT IN ('suppressed', 'failed') OR d.sent_at IS NOT NULL)
          AND NOT EXISTS (
            SELECT
            FROM stipend.alert_deliveries end_of
            WHERE end_of.workspace_id = d.workspace_id
              AND end_of.alert_id = d.alert_id
              AND end_of.channel_id = d.channel_id
              AND end_of.purpose = ?
              AND end_of.status = 'suppressed')
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setArray(2, statement.getConnection().createArrayOf("uuid", alerts.toArray()));
          statement.setString(3, Labels.of(Purpose.RAISED));
          statement.setString(4, Labels.of(Purpose.RECOVERED));
          return keys(statement);
        });
  }

  private static void bindKey(PreparedStatement statement, int first, DeliveryKey key)
      throws SQLException {
    statement.setObject(first, key.workspaceId());
    statement.setObject(first + 1, key.alertId());
    statement.setObject(first + 2, key.channelId());
    statement.setString(first + 3, Labels.of(key.purpose()));
  }

  private static List<DeliveryKey> keys(PreparedStatement statement) throws SQLException {
    List<DeliveryKey> keys = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(QuietDeliveries.key(rows));
      }
    }
    return keys;
  }
}
