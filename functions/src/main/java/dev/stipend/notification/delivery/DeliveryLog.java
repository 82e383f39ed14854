package dev.stipend.notification.delivery;

import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The deliveries of alerts, to be read.
@Singleton
public class DeliveryLog {
  private static final Set<String> WAITING =
      Set.of(Labels.of(DeliveryStatus.PENDING), Labels.of(DeliveryStatus.RETRYING));

  private final JdbcOperations jdbc;

  DeliveryLog(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The deliveries of these alerts, by the alert's id, oldest first; without alerts that have
  /// none.
  @Transactional
  public Map<UUID, List<DeliveryRecord>> of(UUID workspace, Collection<UUID> alerts) {
    return jdbc.prepareStatement(
        """
        SELECT d.alert_id, coalesce(c.archived_name, c.name) AS name, c.kind, d.purpose, d.status, d.attempts, d.sent_at,
          d.last_error, d.next_attempt_at
        FROM stipend.alert_deliveries d
        JOIN stipend.notification_channels c
          ON c.workspace_id = d.workspace_id
         AND c.id = d.channel_id
        WHERE d.workspace_id = ?
          AND d.alert_id = ANY (?)
        ORDER BY d.created_at, name
        """,
        statement -> {
          Statements.bind(statement, workspace, Statements.array("uuid", alerts));
          Map<UUID, List<DeliveryRecord>> deliveries = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              deliveries
                  .computeIfAbsent(
                      row.getObject("alert_id", UUID.class), alert -> new ArrayList<>())
                  .add(record(row));
            }
          }
          return deliveries;
        });
  }

  private static DeliveryRecord record(ResultSet row) throws SQLException {
    String status = row.getString("status");
    Optional<String> lastError = Optional.ofNullable(row.getString("last_error"));
    boolean isSuppressed = status.equals(Labels.of(DeliveryStatus.SUPPRESSED));
    Instant next = Instants.read(row, "next_attempt_at");
    return new DeliveryRecord(
        row.getObject("alert_id", UUID.class),
        row.getString("name"),
        row.getString("kind"),
        row.getString("purpose"),
        status,
        row.getInt("attempts"),
        Instants.readOptional(row, "sent_at"),
        lastError,
        lastError.filter(reason -> isSuppressed),
        Optional.of(next).filter(at -> isSuppressed && at.isBefore(Period.FOREVER)),
        Optional.of(next).filter(at -> WAITING.contains(status)));
  }
}
