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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of `alert_deliveries`: staged, claimed, marked.
@Singleton
class Deliveries {
  /// A delivery to stage.
  ///
  /// @param payload what it will say
  /// @param hush why it is not sent now
  record Staged(DeliveryKey key, String payload, Optional<Hush> hush) {}

  /// Sending waits some seconds at most; a worker that holds a row longer has died.
  static final Duration LEASE = Duration.ofMinutes(1);

  /// Workers' clocks may differ by this much; a retry may come early by it.
  private static final Duration SKEW = Duration.ofSeconds(2);

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

  /// Takes a delivery for sending, if it is due and nobody else has it.
  @Transactional
  Optional<Claim> claim(DeliveryKey key, Instant now) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.alert_deliveries d
        SET status = 'sending',
            attempts = d.attempts + 1,
            leased_until = ?,
            next_attempt_at = ?
        FROM stipend.notification_channels c
        WHERE d.workspace_id = ?
          AND d.alert_id = ?
          AND d.channel_id = ?
          AND d.purpose = ?
          AND c.workspace_id = d.workspace_id
          AND c.id = d.channel_id
          AND (d.status = 'pending'
            OR (d.status = 'retrying' AND d.next_attempt_at <= ?)
            OR (d.status = 'sending' AND d.leased_until <= ?))
        RETURNING d.payload, d.attempts, d.created_at AS staged_at, c.*
        """,
        statement -> {
          Instant lease = now.plus(LEASE);
          statement.setObject(1, Instants.parameter(lease));
          statement.setObject(2, Instants.parameter(lease));
          bindKey(statement, 3, key);
          statement.setObject(7, Instants.parameter(now.plus(SKEW)));
          statement.setObject(8, Instants.parameter(now));
          try (ResultSet row = statement.executeQuery()) {
            return row.next()
                ? Optional.of(
                    new Claim(
                        key,
                        ChannelRepository.channel(row),
                        row.getString("payload"),
                        row.getInt("attempts"),
                        Instants.read(row, "staged_at")))
                : Optional.empty();
          }
        });
  }

  /// Marks what came of an attempt, unless the lease has ended and somebody else has taken over.
  @Transactional
  void mark(Claim claim, Mark mark) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.alert_deliveries d
        SET status = ?,
            next_attempt_at = ?,
            sent_at = ?,
            provider_message_id = ?,
            last_error = ?,
            leased_until = NULL
        WHERE d.workspace_id = ?
          AND d.alert_id = ?
          AND d.channel_id = ?
          AND d.purpose = ?
          AND d.status = 'sending'
          AND d.attempts = ?
        """,
        statement -> {
          statement.setString(1, Labels.of(mark.status()));
          statement.setObject(2, Instants.parameter(mark.nextAttemptAt()));
          statement.setObject(3, Instants.parameter(mark.sentAt()));
          statement.setString(4, mark.providerMessageId());
          statement.setString(5, mark.error());
          bindKey(statement, 6, claim.key());
          statement.setInt(10, claim.attempt());
          return statement.executeUpdate();
        });
  }

  /// What to write about an attempt.
  record Mark(
      DeliveryStatus status,
      Instant nextAttemptAt,
      @Nullable Instant sentAt,
      @Nullable String providerMessageId,
      @Nullable String error) {}

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
        keys.add(
            new DeliveryKey(
                rows.getObject("workspace_id", UUID.class),
                rows.getObject("alert_id", UUID.class),
                rows.getObject("channel_id", UUID.class),
                Labels.parse(Purpose.class, rows.getString("purpose"))));
      }
    }
    return keys;
  }
}
