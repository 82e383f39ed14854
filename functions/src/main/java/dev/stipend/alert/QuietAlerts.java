package dev.stipend.alert;

import dev.stipend.budget.Severity;
import dev.stipend.json.Labels;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Finds alerts that were kept silent for a time that is over.
@Singleton
class QuietAlerts {
  private final JdbcOperations jdbc;

  QuietAlerts(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Locks up to `most` alerts whose snooze has ended, or which have a suppressed delivery that is
  /// to be looked at again; leaves out those that somebody else holds. Asks two indexes that hold
  /// nothing else.
  List<QuietAlert> claim(int most, Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT a.*
        FROM (
          SELECT workspace_id, id
          FROM stipend.alert_logs
          WHERE snoozed_until <= ?
            AND resolved_at IS NULL
          UNION
          SELECT workspace_id, alert_id
          FROM stipend.alert_deliveries
          WHERE status = 'suppressed'
            AND next_attempt_at <= ?
          LIMIT ?) due
        JOIN stipend.alert_logs a
          ON a.workspace_id = due.workspace_id
         AND a.id = due.id
        FOR UPDATE OF a SKIP LOCKED
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          statement.setObject(2, Instants.parameter(now));
          statement.setInt(3, most);
          List<QuietAlert> alerts = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              boolean wasSnoozed =
                  Instants.readOptional(row, "snoozed_until")
                      .filter(until -> !until.isAfter(now))
                      .isPresent();
              alerts.add(
                  new QuietAlert(
                      AlertRepository.alert(row),
                      Labels.parse(Severity.class, row.getString("severity")),
                      row.getString("reason"),
                      wasSnoozed));
            }
          }
          return alerts;
        });
  }

  /// Ends the snooze of an alert.
  void endSnooze(UUID workspace, UUID alert) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.alert_logs
        SET snoozed_until = NULL
        WHERE workspace_id = ?
          AND id = ?
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, alert);
          return statement.executeUpdate();
        });
  }
}
