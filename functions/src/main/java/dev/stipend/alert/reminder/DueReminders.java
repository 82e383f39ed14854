package dev.stipend.alert.reminder;

import dev.stipend.alert.AlertRepository;
import dev.stipend.alert.ReasonColumns;
import dev.stipend.budget.Severity;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds alerts that were suppressed for a time that is over, and those to remind of.
@Singleton
class DueReminders {
  private static final String DUE =
      """
      SELECT workspace_id, id
      FROM stipend.alert_logs
      WHERE snoozed_until <= ?
        AND resolved_at IS NULL
      UNION
      SELECT workspace_id, alert_id
      FROM stipend.alert_deliveries
      WHERE status = 'suppressed'
        AND next_attempt_at <= ?
      UNION
      SELECT workspace_id, id
      FROM stipend.alert_logs
      WHERE remind_at <= ?
        AND resolved_at IS NULL
      """;

  private static final String ALERTS =
      """
      SELECT a.*
      FROM (%s) due
      JOIN stipend.alert_logs a
        ON a.workspace_id = due.workspace_id
       AND a.id = due.id
      """;

  /// What is set aside is left out first: it takes nobody's place.
  private static final String ONLY_SOME =
      ALERTS.formatted(
          "SELECT * FROM (%s) due WHERE %s LIMIT ?"
              .formatted(DUE, SetAside.leavesOut(WorkItem.Kind.ALERT, "due")));

  private static final String IN_ORDER = "ORDER BY a.workspace_id, a.id\n";

  private final JdbcOperations jdbc;
  private final ReasonColumns reasons;

  DueReminders(JdbcOperations jdbc, ReasonColumns reasons) {
    this.jdbc = jdbc;
    this.reasons = reasons;
  }

  /// Finds up to `most` alerts whose snooze has ended, which have a suppressed delivery that is to
  /// be looked at again, or which are to be reminded of. Asks indexes that hold nothing else.
  @Transactional
  List<DueReminder> find(int most, Instant now) {
    return jdbc.prepareStatement(
        ONLY_SOME + IN_ORDER,
        statement -> {
          bindDue(statement, now);
          statement.setInt(4, most);
          return read(statement, now);
        });
  }

  /// Locks those of the alerts of which that is still so; leaves out those that somebody else
  /// holds.
  List<DueReminder> claim(List<DueReminder> found, Instant now) {
    return jdbc.prepareStatement(
        ALERTS.formatted(DUE)
            + """
            JOIN unnest(?, ?) AS found (workspace_id, id)
              ON a.workspace_id = found.workspace_id
             AND a.id = found.id
            """
            + IN_ORDER
            + "FOR UPDATE OF a SKIP LOCKED",
        statement -> {
          bindDue(statement, now);
          new ArrayBinder<>(statement, 4, found)
              .uuids(each -> each.alert().counter().workspaceId())
              .uuids(each -> each.alert().id());
          return read(statement, now);
        });
  }

  private static void bindDue(PreparedStatement statement, Instant now) throws SQLException {
    for (int i = 1; i <= 3; i++) {
      statement.setObject(i, Instants.parameter(now));
    }
  }

  private List<DueReminder> read(PreparedStatement statement, Instant now) throws SQLException {
    return Rows.list(
        statement,
        row ->
            new DueReminder(
                AlertRepository.alert(row),
                Labels.parse(Severity.class, row.getString("severity")),
                reasons.read(row, "reason"),
                isOver(row, "snoozed_until", now),
                isOver(row, "remind_at", now),
                row.getInt("reminders")));
  }

  private static boolean isOver(ResultSet row, String column, Instant now) throws SQLException {
    return Instants.readOptional(row, column).filter(at -> !at.isAfter(now)).isPresent();
  }

  /// Notes that a reminder of an alert was sent, and when the next is due, if ever.
  void reminded(UUID workspace, UUID alert, int reminders, Optional<Instant> next) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.alert_logs
        SET reminders = ?, remind_at = ?
        WHERE workspace_id = ?
          AND id = ?
        """,
        reminders,
        next.map(Instants::parameter).orElse(null),
        workspace,
        alert);
  }

  /// Puts off what is due of an alert.
  void postpone(UUID workspace, UUID alert, Instant until, Instant now) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.alert_logs
        SET snoozed_until = CASE WHEN snoozed_until <= ? THEN ? ELSE snoozed_until END,
            remind_at = CASE WHEN remind_at <= ? THEN ? ELSE remind_at END
        WHERE workspace_id = ?
          AND id = ?
        """,
        statement -> {
          for (int first : List.of(1, 3)) {
            statement.setObject(first, Instants.parameter(now));
            statement.setObject(first + 1, Instants.parameter(until));
          }
          statement.setObject(5, workspace);
          statement.setObject(6, alert);
          return statement.executeUpdate();
        });
  }

  /// Ends the snooze of an alert.
  void endSnooze(UUID workspace, UUID alert) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.alert_logs
        SET snoozed_until = NULL
        WHERE workspace_id = ?
          AND id = ?
        """,
        workspace,
        alert);
  }
}
