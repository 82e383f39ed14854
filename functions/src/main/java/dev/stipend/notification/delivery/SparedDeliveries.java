package dev.stipend.notification.delivery;

import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.silence.SuppressedDeliveries;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Spares a channel what it knows already, when it would be sent:
///
/// - an alert, where the channel was sent the alert of a higher threshold of the same counter and
///   period, and both were open at the same time;
/// - an alert of a budget below, where the channel was sent that a hard limit of the whole
///   workspace refuses all work, and that is still so. It is looked at again after an hour, and as
///   soon as the workspace may work;
/// - what the channel was to get for another one, but was sent itself;
/// - a recovery, where the channel was never sent the alert, nor is left with the word of a higher
///   one that ended before.
///
/// Everybody else gets the message: this is asked for each channel, of what it was really sent.
@Singleton
public class SparedDeliveries {
  /// Whether two alerts, `h` and `a`, are of the same counter and matter, and `h` is of the higher
  /// threshold.
  private static final String IS_HIGHER =
      """
      h.workspace_id = a.workspace_id
            AND h.budget_id = a.budget_id
            AND h.subject = a.subject
            AND h.period_start = a.period_start
            AND h.threshold > a.threshold
            AND (h.type = a.type
              OR h.type IN ('LIMIT_WARNING', 'LIMIT_EXCEEDED') AND a.type IN ('LIMIT_WARNING', 'LIMIT_EXCEEDED'))\
      """;

  private static final String IN_FLIGHT = "('pending', 'sending', 'retrying')";

  /// Whether a delivery `d` need not wait until it is known what becomes of another one: the alert
  /// of a higher threshold that is on its way to the same channel, or the alert whose recovery it
  /// is.
  /// `OFFSET 0` keeps the planner from asking the other way round, of everything that is due at the
  /// channel.
  public static final String NOT_WAITING =
      """
      NOT EXISTS (
            SELECT
            FROM stipend.alert_logs a
            CROSS JOIN LATERAL (
              SELECT h.id
              FROM stipend.alert_logs h
              WHERE %s
                AND (h.resolved_at IS NULL OR h.resolved_at > a.raised_at)
              OFFSET 0) h
            JOIN stipend.alert_deliveries hd
              ON hd.workspace_id = a.workspace_id
             AND hd.alert_id = h.id
             AND hd.channel_id = d.channel_id
             AND hd.purpose = 'raised'
             AND hd.status IN %s
            WHERE a.workspace_id = d.workspace_id
              AND a.id = d.alert_id
              AND d.purpose = 'raised'
            OFFSET 0)
          AND NOT EXISTS (
            SELECT
            FROM stipend.alert_deliveries r
            WHERE r.workspace_id = d.workspace_id
              AND r.alert_id = d.alert_id
              AND r.channel_id = d.channel_id
              AND r.purpose = 'raised'
              AND r.status IN %s
              AND d.purpose = 'recovered'
            OFFSET 0)\
      """
          .formatted(IS_HIGHER, IN_FLIGHT, IN_FLIGHT);

  /// After how long it is looked whether the workspace still refuses all work, should nobody have
  /// noticed that it does not.
  private static final Duration LOOKED_AT_AGAIN = Duration.ofHours(1);

  private final JdbcOperations jdbc;

  SparedDeliveries(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Spares a channel those deliveries of the alerts that it need not be sent, in the caller's
  /// transaction. Answers whose they were.
  public Set<UUID> spare(Channel channel, Collection<UUID> alerts, Instant now) {
    return jdbc.prepareStatement(
        """
        WITH spared AS MATERIALIZED (
          SELECT d.workspace_id, d.alert_id, d.channel_id, d.purpose, known.by, known.reason, known.look_at
          FROM stipend.alert_deliveries d
          JOIN stipend.alert_logs a
            ON a.workspace_id = d.workspace_id
           AND a.id = d.alert_id
          CROSS JOIN (SELECT CAST(? AS timestamptz) AS now, CAST(? AS timestamptz) AS later, CAST(? AS timestamptz) AS never) at
          CROSS JOIN LATERAL (
            (SELECT h.id AS by, 'a higher threshold was sent instead, by alert ' || h.id AS reason, at.never AS look_at
            FROM stipend.alert_logs h
            JOIN stipend.alert_deliveries hd
              ON hd.workspace_id = h.workspace_id
             AND hd.alert_id = h.id
             AND hd.channel_id = d.channel_id
             AND hd.purpose IN ('raised', 'undelivered')
             AND hd.sent_at IS NOT NULL
            WHERE %s
              AND (d.purpose = 'raised' OR d.purpose = 'undelivered' AND d.payload ->> 'type' = 'alert.undelivered')
              AND (h.resolved_at IS NULL OR d.sent_at IS NULL AND h.resolved_at > a.raised_at)
            LIMIT 1)
            UNION ALL
            (SELECT p.id, 'budget "' || above.name || '" refuses all work, which was sent by alert ' || p.id, at.later
            FROM stipend.budgets own
            JOIN stipend.budgets above
              ON above.workspace_id = own.workspace_id
             AND above.scope = 'workspace'
             AND above.hard_limit
             AND above.status = 'active'
            JOIN stipend.alert_logs p
              ON p.workspace_id = above.workspace_id
             AND p.budget_id = above.id
             AND p.type = 'LIMIT_EXCEEDED'
             AND p.resolved_at IS NULL
             AND p.period_end > at.now
            JOIN stipend.alert_deliveries pd
              ON pd.workspace_id = p.workspace_id
             AND pd.alert_id = p.id
             AND pd.channel_id = d.channel_id
             AND pd.purpose IN ('raised', 'undelivered')
             AND pd.sent_at IS NOT NULL
            WHERE own.workspace_id = a.workspace_id
              AND own.id = a.budget_id
              AND own.scope <> 'workspace'
              AND d.purpose = 'raised'
              AND a.type IN ('LIMIT_WARNING', 'LIMIT_EXCEEDED', 'APPROACHING_LIMIT', 'UNUSUAL_ACTIVITY', 'STALE_DATA')
            LIMIT 1)
            UNION ALL
            (SELECT a.id, 'it was sent to this channel itself', at.never
            FROM stipend.alert_deliveries same
            WHERE same.workspace_id = d.workspace_id
              AND same.alert_id = d.alert_id
              AND same.channel_id = d.channel_id
              AND same.purpose = CASE d.payload ->> 'type' WHEN 'alert.undelivered' THEN 'raised' ELSE 'recovered' END
              AND same.sent_at IS NOT NULL
              AND d.purpose = 'undelivered'
              AND d.payload #>> '{undelivered,0,cause}' IS NULL)
            UNION ALL
            (SELECT a.id, 'its alert was not sent to this channel', at.never
            FROM stipend.alert_deliveries r
            LEFT JOIN stipend.alert_logs h
              ON h.workspace_id = r.workspace_id
             AND h.id = r.spared_by
            WHERE r.workspace_id = d.workspace_id
              AND r.alert_id = d.alert_id
              AND r.channel_id = d.channel_id
              AND r.purpose = 'raised'
              AND r.sent_at IS NULL
              AND r.status = 'suppressed'
              AND d.purpose = 'recovered'
              AND NOT coalesce(h.resolved_at < a.resolved_at, FALSE))
            LIMIT 1) known
          WHERE d.workspace_id = ?
            AND d.channel_id = ?
            AND d.status IN ('pending', 'retrying')
            AND d.alert_id = ANY (?)
          FOR UPDATE OF d SKIP LOCKED)
        UPDATE stipend.alert_deliveries d
        SET status = 'suppressed',
            spared_by = spared.by,
            last_error = spared.reason,
            next_attempt_at = spared.look_at,
            leased_until = NULL
        FROM spared
        WHERE d.workspace_id = spared.workspace_id
          AND d.alert_id = spared.alert_id
          AND d.channel_id = spared.channel_id
          AND d.purpose = spared.purpose
        RETURNING d.alert_id
        """
            .formatted(IS_HIGHER),
        statement -> {
          Statements.bind(
              statement,
              now,
              Instants.parameter(now.plus(LOOKED_AT_AGAIN)),
              Period.FOREVER,
              channel.workspaceId(),
              channel.id(),
              Statements.array("uuid", alerts));
          return ids(statement);
        });
  }

  /// Spares a channel what it need not be sent any more of the counters of alerts, now that it is
  /// known what became of these. Answers what may have waited for that and is to be sent.
  List<DeliveryKey> spareBeside(Channel channel, Collection<UUID> alerts, Instant now) {
    List<DeliveryKey> beside = beside(channel, alerts, now);
    if (beside.isEmpty()) {
      return beside;
    }
    Set<UUID> gone =
        spare(channel, beside.stream().map(DeliveryKey::alertId).distinct().toList(), now);
    return beside.stream().filter(key -> !gone.contains(key.alertId())).toList();
  }

  /// What is due at a channel of the counters of alerts.
  private List<DeliveryKey> beside(Channel channel, Collection<UUID> alerts, Instant now) {
    return Sql.list(
        jdbc,
        """
        SELECT d.workspace_id, d.alert_id, d.channel_id, d.purpose
        FROM stipend.alert_logs done
        JOIN stipend.alert_logs a
          ON a.workspace_id = done.workspace_id
         AND a.budget_id = done.budget_id
         AND a.subject = done.subject
         AND a.period_start = done.period_start
        JOIN stipend.alert_deliveries d
          ON d.workspace_id = a.workspace_id
         AND d.alert_id = a.id
         AND d.channel_id = ?
         AND d.status IN ('pending', 'retrying')
         AND d.next_attempt_at <= ?
        WHERE done.workspace_id = ?
          AND done.id = ANY (?)
        GROUP BY 1, 2, 3, 4
        """,
        row -> SuppressedDeliveries.key(row),
        channel.id(),
        now,
        channel.workspaceId(),
        Statements.array("uuid", alerts));
  }

  private static Set<UUID> ids(PreparedStatement statement) throws SQLException {
    return Rows.set(statement, row -> row.getObject(1, UUID.class));
  }
}
