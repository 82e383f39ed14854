package dev.stipend.notification.silence;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.Suppression;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Deliveries that are suppressed. `next_attempt_at` of a
/// suppressed delivery is when to look at it again; a recovery that is suppressed is so for good.
@Singleton
public class SuppressedDeliveries {
  private static final String RAISED = Labels.of(Purpose.RAISED);

  /// Two that activate the same deliveries lock them in the same order.
  private static final String RECHECK =
      """
      WITH rechecked AS MATERIALIZED (
        SELECT d.workspace_id, d.alert_id, d.channel_id, d.purpose
        FROM stipend.alert_deliveries d
        %s  AND d.status = 'suppressed'
          AND d.purpose = ?
          AND d.next_attempt_at > ?
        ORDER BY d.workspace_id, d.alert_id, d.channel_id
        FOR UPDATE OF d)
      UPDATE stipend.alert_deliveries d
      SET next_attempt_at = ?
      FROM rechecked
      WHERE d.workspace_id = rechecked.workspace_id
        AND d.alert_id = rechecked.alert_id
        AND d.channel_id = rechecked.channel_id
        AND d.purpose = rechecked.purpose
      """;

  private final JdbcOperations jdbc;

  SuppressedDeliveries(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Suppresses the deliveries of a raised alert that wait to be sent, or wait longer.
  /// Tables get theirs: what people know already, a table does not.
  public void suppress(UUID workspace, UUID alert, Suppression suppression) {
    suppress(workspace, alert, suppression, List.of("pending", "retrying", "suppressed"));
  }

  /// Has the suppressed deliveries of a raised alert wait longer.
  public void keepSilent(UUID workspace, UUID alert, Suppression suppression) {
    suppress(workspace, alert, suppression, List.of("suppressed"));
  }

  private void suppress(
      UUID workspace, UUID alert, Suppression suppression, List<String> statuses) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.alert_deliveries d
        SET status = 'suppressed',
            last_error = ?,
            next_attempt_at = ?,
            leased_until = NULL
        WHERE workspace_id = ?
          AND alert_id = ?
          AND purpose = ?
          AND status = ANY (?)
          AND (status = 'suppressed' OR NOT EXISTS (
            SELECT FROM stipend.notification_channels c
            WHERE c.workspace_id = d.workspace_id
              AND c.id = d.channel_id
              AND c.kind = 'table'))
        """,
        suppression.reason(),
        suppression.until(),
        workspace,
        alert,
        RAISED,
        Statements.array("text", statuses));
  }

  /// Suppresses one delivery that is suppressed, for another reason.
  public void suppress(DeliveryKey key, Suppression suppression) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.alert_deliveries
        SET last_error = ?,
            next_attempt_at = ?
        WHERE workspace_id = ?
          AND alert_id = ?
          AND channel_id = ?
          AND purpose = ?
          AND status = 'suppressed'
        """,
        suppression.reason(),
        suppression.until(),
        key.workspaceId(),
        key.alertId(),
        key.channelId(),
        Labels.of(key.purpose()));
  }

  /// Has the suppressed deliveries of alerts that are still open looked at by the next sweep.
  public void recheckWorkspaces(Collection<UUID> workspaces, Instant now) {
    jdbc.prepareStatement(
        RECHECK.formatted(
            """
            JOIN stipend.alert_logs a
              ON a.workspace_id = d.workspace_id
             AND a.id = d.alert_id
             AND a.resolved_at IS NULL
            WHERE d.workspace_id = ANY (?)
            """),
        statement -> {
          statement.setArray(
              1, statement.getConnection().createArrayOf("uuid", workspaces.toArray()));
          return recheck(statement, 2, now);
        });
  }

  /// Has the suppressed deliveries of alerts looked at by the next sweep.
  public void recheckAlerts(Collection<LoggedAlert> alerts, Instant now) {
    jdbc.prepareStatement(
        RECHECK.formatted(
            """
            JOIN unnest(?, ?) AS rechecked (workspace_id, alert_id)
              ON d.workspace_id = rechecked.workspace_id
             AND d.alert_id = rechecked.alert_id
            WHERE TRUE
            """),
        statement -> {
          new ArrayBinder<>(statement, 1, List.copyOf(alerts))
              .uuids(alert -> alert.counter().workspaceId())
              .uuids(LoggedAlert::id);
          return recheck(statement, 3, now);
        });
  }

  private static int recheck(PreparedStatement statement, int next, Instant now)
      throws SQLException {
    statement.setString(next, RAISED);
    statement.setObject(next + 1, Instants.parameter(now));
    statement.setObject(next + 2, Instants.parameter(now));
    return statement.executeUpdate();
  }

  /// Takes the suppressed deliveries of a raised alert, to release them or to suppress them again.
  /// Answers those whose channel is there; the others stay as they are for good.
  ///
  /// @param everywhere whether also those that were sent or have failed
  public List<DeliveryKey> take(UUID workspace, UUID alert, boolean everywhere) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.alert_deliveries d
        SET status = 'suppressed',
            next_attempt_at = ?
        FROM stipend.notification_channels c
        WHERE d.workspace_id = ?
          AND d.alert_id = ?
          AND d.purpose = ?
          AND c.workspace_id = d.workspace_id
          AND c.id = d.channel_id
          AND (d.status = 'suppressed'
            OR (? AND d.status IN ('sent', 'failed') AND c.archived_at IS NULL))
        RETURNING d.workspace_id, d.alert_id, d.channel_id, d.purpose, c.archived_at IS NULL AS is_there
        """,
        statement -> {
          Statements.bind(statement, Period.FOREVER, workspace, alert, RAISED, everywhere);
          List<DeliveryKey> taken = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              if (row.getBoolean("is_there")) {
                taken.add(key(row));
              }
            }
          }
          return taken;
        });
  }

  /// Has suppressed deliveries of an alert sent, saying this.
  public void release(List<DeliveryKey> keys, String payload, Instant now) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.alert_deliveries
        SET status = 'pending',
            attempts = 0,
            payload = CAST(? AS jsonb),
            created_at = ?,
            next_attempt_at = ?,
            last_error = NULL,
            provider_message_id = CASE WHEN digest_id IS NULL THEN provider_message_id END,
            digest_id = NULL
        WHERE workspace_id = ANY (?)
          AND alert_id = ANY (?)
          AND channel_id = ANY (?)
          AND purpose = ?
          AND status = 'suppressed'
        """,
        statement -> {
          Statements.bind(statement, payload, now, now);
          bind(statement, 4, keys.stream().map(DeliveryKey::workspaceId).distinct().toList());
          bind(statement, 5, keys.stream().map(DeliveryKey::alertId).distinct().toList());
          bind(statement, 6, keys.stream().map(DeliveryKey::channelId).toList());
          statement.setString(7, RAISED);
          return statement.executeUpdate();
        });
  }

  private static void bind(PreparedStatement statement, int place, List<UUID> ids)
      throws SQLException {
    statement.setArray(place, statement.getConnection().createArrayOf("uuid", ids.toArray()));
  }

  public static DeliveryKey key(ResultSet row) throws SQLException {
    return new DeliveryKey(
        row.getObject("workspace_id", UUID.class),
        row.getObject("alert_id", UUID.class),
        row.getObject("channel_id", UUID.class),
        Labels.parse(Purpose.class, row.getString("purpose")));
  }
}
