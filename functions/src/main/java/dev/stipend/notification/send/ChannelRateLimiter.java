package dev.stipend.notification.send;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.notification.delivery.DeliveryLease;
import dev.stipend.notification.delivery.DeliveryLeases;
import dev.stipend.notification.delivery.DeliveryQueue;
import dev.stipend.notification.delivery.DueDelivery;
import dev.stipend.notification.delivery.EarlierMessages;
import dev.stipend.notification.delivery.SparedDeliveries;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Gives channels that are written to at a pace one worker at a time, whatever the number of
/// workers: who moves a channel's `next_send_at` has its turn, and takes what matters most.
///
/// Of the workers that come too early, one puts a message on the queue for when the channel is
/// free; the others need not.
@Singleton
public class ChannelRateLimiter {
  /// Tolerance for clock skew between workers: nobody else comes for this permit.
  private static final Duration TOO_EARLY = Duration.ofMillis(250);

  private final JdbcOperations jdbc;
  private final RowIds ids;
  private final DeliveryLeases claims;
  private final SparedDeliveries spared;

  ChannelRateLimiter(
      JdbcOperations jdbc, RowIds ids, DeliveryLeases claims, SparedDeliveries spared) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.claims = claims;
    this.spared = spared;
  }

  /// Takes a turn at a channel, if it is free and something is due.
  @Transactional
  public SendPermit take(Channel channel, Duration pace, Instant now) {
    if (!moveNextSend(channel, pace, now)) {
      return promiseNext(channel, now)
          .<SendPermit>map(until -> new SendPermit.Later(Duration.between(now, until)))
          .orElseGet(SendPermit.None::new);
    }
    List<DueDelivery> due = due(channel, now);
    List<DueDelivery> taken = DueDelivery.next(due);
    while (!taken.isEmpty() && isSpared(channel, taken, now)) {
      due = due(channel, now);
      taken = DueDelivery.next(due);
    }
    if (taken.isEmpty()) {
      return new SendPermit.None();
    }
    List<DueDelivery> sending = taken;
    Optional<UUID> digest = taken.getFirst().digest().or(() -> digestOf(sending));
    List<DeliveryLease> claimed = claims.claim(channel, taken, digest, now);
    Optional<DeliveryKey> next =
        due.stream()
            .filter(each -> pace.isPositive() && !sending.contains(each))
            .findFirst()
            .map(each -> key(channel, each));
    next.ifPresent(key -> promiseNext(channel, now));
    if (claimed.isEmpty()) {
      return next.<SendPermit>map(key -> new SendPermit.Later(pace))
          .orElseGet(SendPermit.None::new);
    }
    EarlierMessages earlier =
        digest.isPresent() ? EarlierMessages.NONE : claims.earlier(claimed.getFirst().key());
    return new SendPermit.Mine(new OutboundMessage(channel, digest, claimed, earlier), next);
  }

  private Optional<UUID> digestOf(List<DueDelivery> sending) {
    return sending.size() > 1 ? Optional.of(ids.next()) : Optional.empty();
  }

  /// Whether the channel is spared any of these, now that they are about to be sent. A digest that
  /// is repeated stays as it was.
  private boolean isSpared(Channel channel, List<DueDelivery> taken, Instant now) {
    return taken.getFirst().digest().isEmpty()
        && !spared.spare(channel, taken.stream().map(DueDelivery::alertId).toList(), now).isEmpty();
  }

  private static DeliveryKey key(Channel channel, DueDelivery waiting) {
    return new DeliveryKey(
        channel.workspaceId(), waiting.alertId(), channel.id(), waiting.purpose());
  }

  private boolean moveNextSend(Channel channel, Duration pace, Instant now) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.notification_channels
        SET next_send_at = ?
        WHERE workspace_id = ?
          AND id = ?
          AND (next_send_at IS NULL OR next_send_at <= ?)
        """,
        statement -> {
          Statements.bind(
              statement,
              Instants.parameter(now.plus(pace)),
              channel.workspaceId(),
              channel.id(),
              now);
          return statement.executeUpdate() == 1;
        });
  }

  /// When to queue the next message, if no other worker has done so.
  private Optional<Instant> promiseNext(Channel channel, Instant now) {
    return Sql.first(
        jdbc,
        """
        UPDATE stipend.notification_channels
        SET wake_at = least(next_send_at, ?)
        WHERE workspace_id = ?
          AND id = ?
          AND (wake_at IS NULL OR wake_at <= ? OR next_send_at <= ?)
        RETURNING wake_at
        """,
        row -> Instants.read(row, "wake_at"),
        Instants.parameter(now.plus(DeliveryQueue.LONGEST_DELAY)),
        channel.workspaceId(),
        channel.id(),
        now,
        Instants.parameter(now.plus(TOO_EARLY)));
  }

  /// Has a channel left alone until an instant, because its provider asks for it.
  @Transactional
  public void rest(Channel channel, Instant until) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.notification_channels
        SET next_send_at = greatest(next_send_at, ?)
        WHERE workspace_id = ?
          AND id = ?
        """,
        until,
        channel.workspaceId(),
        channel.id());
  }

  /// What is due, parents first: with the alert of the workspace, people do not need that of each
  /// of its users before.
  private List<DueDelivery> due(Channel channel, Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT d.alert_id, d.purpose, d.digest_id
        FROM stipend.alert_deliveries d
        LEFT JOIN stipend.alert_logs a
          ON a.workspace_id = d.workspace_id
         AND a.id = d.alert_id
        LEFT JOIN stipend.budgets b
          ON b.workspace_id = a.workspace_id
         AND b.id = a.budget_id
        WHERE d.workspace_id = ?
          AND d.channel_id = ?
          AND %s
          AND %s
        ORDER BY
          CASE b.scope WHEN 'workspace' THEN 0 WHEN 'team' THEN 1 ELSE 2 END,
          d.created_at, d.alert_id, d.purpose
        """
            .formatted(DeliveryLeases.DUE, SparedDeliveries.NOT_WAITING),
        statement -> {
          Statements.bind(statement, channel.workspaceId(), channel.id());
          DeliveryLeases.bindDue(statement, 3, now);
          List<DueDelivery> due = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              due.add(
                  new DueDelivery(
                      row.getObject("alert_id", UUID.class),
                      Labels.parse(Purpose.class, row.getString("purpose")),
                      Optional.ofNullable(row.getObject("digest_id", UUID.class))));
            }
          }
          return Collections.unmodifiableList(due);
        });
  }
}
