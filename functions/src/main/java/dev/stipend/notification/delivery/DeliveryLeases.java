package dev.stipend.notification.delivery;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelRepository;
import dev.stipend.notification.send.OutboundMessage;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes deliveries for sending, and finds what was sent before them.
@Singleton
public class DeliveryLeases {
  /// Sending waits some seconds at most; a worker that holds a row longer has died.
  static final Duration LEASE = Duration.ofMinutes(1);

  /// Whether a delivery may be sent; takes the parameters of {@link #bindDue}.
  public static final String DUE =
      """
      d.status IN ('pending', 'sending', 'retrying')
          AND d.next_attempt_at <= ?
          AND (d.status <> 'sending' OR d.leased_until <= ?)\
      """;

  /// Workers' clocks may differ by this much; a retry may come early by it.
  private static final Duration SKEW = Duration.ofSeconds(2);

  private final JdbcOperations jdbc;
  private final SparedDeliveries spared;

  DeliveryLeases(JdbcOperations jdbc, SparedDeliveries spared) {
    this.jdbc = jdbc;
    this.spared = spared;
  }

  public static void bindDue(PreparedStatement statement, int first, Instant now)
      throws SQLException {
    statement.setObject(first, Instants.parameter(now.plus(SKEW)));
    statement.setObject(first + 1, Instants.parameter(now));
  }

  /// The channel of a delivery, if anything is due there.
  @Transactional
  public Optional<Channel> channelToServe(DeliveryKey key, Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.notification_channels c
        WHERE c.workspace_id = ?
          AND c.id = ?
          AND EXISTS (
            SELECT FROM stipend.alert_deliveries d
            WHERE d.workspace_id = c.workspace_id
              AND d.channel_id = c.id
              AND %s)
        """
            .formatted(DUE),
        statement -> {
          Statements.bind(statement, key.workspaceId(), key.channelId());
          bindDue(statement, 3, now);
          return Rows.first(statement, row -> ChannelRepository.channel(row));
        });
  }

  /// Takes one delivery, if it is due, the channel is not spared it, and nobody else has it.
  @Transactional
  public Optional<OutboundMessage> claim(Channel channel, DeliveryKey key, Instant now) {
    spared.spare(channel, List.of(key.alertId()), now);
    List<DeliveryLease> claimed =
        claim(
            channel,
            List.of(new DueDelivery(key.alertId(), key.purpose(), Optional.empty())),
            Optional.empty(),
            now);
    return claimed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OutboundMessage(channel, Optional.empty(), claimed, EarlierMessages.NONE));
  }

  /// Takes those deliveries that are still due, and answers them in their order.
  public List<DeliveryLease> claim(
      Channel channel, List<DueDelivery> wanted, Optional<UUID> digest, Instant now) {
    return jdbc.prepareStatement(
        """
        WITH mine AS (
          SELECT d.workspace_id, d.alert_id, d.channel_id, d.purpose, wanted.place
          FROM unnest(?, ?) WITH ORDINALITY AS wanted (alert_id, purpose, place)
          JOIN stipend.alert_deliveries d
            ON d.alert_id = wanted.alert_id
           AND d.purpose = wanted.purpose
          WHERE d.workspace_id = ?
            AND d.channel_id = ?
            AND %s
            AND %s
          FOR UPDATE OF d SKIP LOCKED)
        UPDATE stipend.alert_deliveries d
        SET status = 'sending',
            attempts = d.attempts + 1,
            leased_until = ?,
            next_attempt_at = ?,
            digest_id = ?
        FROM mine
        WHERE d.workspace_id = mine.workspace_id
          AND d.alert_id = mine.alert_id
          AND d.channel_id = mine.channel_id
          AND d.purpose = mine.purpose
        RETURNING mine.place, d.alert_id, d.purpose, d.payload, d.attempts, d.created_at
        """
            .formatted(DUE, SparedDeliveries.NOT_WAITING),
        statement -> {
          new ArrayBinder<>(statement, 1, wanted)
              .uuids(DueDelivery::alertId)
              .texts(each -> Labels.of(each.purpose()));
          statement.setObject(3, channel.workspaceId());
          statement.setObject(4, channel.id());
          bindDue(statement, 5, now);
          Instant lease = now.plus(LEASE);
          statement.setObject(7, Instants.parameter(lease));
          statement.setObject(8, Instants.parameter(lease));
          statement.setObject(9, digest.orElse(null), Types.OTHER);
          return read(statement, channel);
        });
  }

  private record Placed(int place, DeliveryLease claim) {}

  private static List<DeliveryLease> read(PreparedStatement statement, Channel channel)
      throws SQLException {
    List<Placed> claims = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        DeliveryKey key =
            new DeliveryKey(
                channel.workspaceId(),
                row.getObject("alert_id", UUID.class),
                channel.id(),
                Labels.parse(Purpose.class, row.getString("purpose")));
        claims.add(
            new Placed(
                row.getInt("place"),
                new DeliveryLease(
                    key,
                    row.getString("payload"),
                    row.getInt("attempts"),
                    Instants.read(row, "created_at"))));
      }
    }
    claims.sort(Comparator.comparing(Placed::place));
    return claims.stream().map(Placed::claim).toList();
  }

  /// What the channel of a delivery was sent about the same counter and period.
  public EarlierMessages earlier(DeliveryKey key) {
    return jdbc.prepareStatement(
        """
        SELECT d.provider_message_id, d.alert_id = this.id AND d.purpose = 'raised' AND d.digest_id IS NULL AS is_original
        FROM stipend.alert_logs this
        JOIN stipend.alert_logs a
          ON a.workspace_id = this.workspace_id
         AND a.budget_id = this.budget_id
         AND a.subject = this.subject
         AND a.period_start = this.period_start
        JOIN stipend.alert_deliveries d
          ON d.workspace_id = a.workspace_id
         AND d.alert_id = a.id
        WHERE this.workspace_id = ?
          AND this.id = ?
          AND d.channel_id = ?
          AND d.provider_message_id IS NOT NULL
        ORDER BY d.sent_at
        """,
        statement -> {
          Statements.bind(statement, key.workspaceId(), key.alertId(), key.channelId());
          @Nullable String original = null;
          @Nullable String first = null;
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              String id = row.getString("provider_message_id");
              first = first == null ? id : first;
              original = row.getBoolean("is_original") ? id : original;
            }
          }
          return new EarlierMessages(Optional.ofNullable(original), Optional.ofNullable(first));
        });
  }
}
