package dev.stipend.alert;

import dev.stipend.budget.Severity;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What people do about an open alert. The last word counts: acknowledging ends a snooze, and
/// snoozing takes an acknowledgement back.
@Singleton
public class AlertActions {
  private final JdbcOperations jdbc;
  private final AlertOutbox outbox;

  AlertActions(JdbcOperations jdbc, AlertOutbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /// Somebody has seen it: no more notifications until it is resolved. The first who
  /// acknowledged stays the one who did.
  @Transactional
  public ActionOutcome acknowledge(UUID workspace, UUID alert, String actor, Instant now) {
    ActionOutcome reaction = lock(workspace, alert);
    if (reaction == ActionOutcome.DONE) {
      Sql.update(
          jdbc,
          """
          UPDATE stipend.alert_logs
          SET acknowledged_at = coalesce(acknowledged_at, ?),
              acknowledged_by = coalesce(acknowledged_by, ?),
              snoozed_until = NULL
          WHERE workspace_id = ?
            AND id = ?
          """,
          now,
          actor,
          workspace,
          alert);
      outbox.suppress(workspace, alert, acknowledged(actor));
      outbox.changed(List.of(workspace), List.of(alert), now);
    }
    return reaction;
  }

  /// Suppresses its notifications until an instant. If it is still open then, it is sent once more.
  @Transactional
  public ActionOutcome snooze(UUID workspace, UUID alert, Instant until, Instant now) {
    ActionOutcome reaction = lock(workspace, alert);
    if (reaction == ActionOutcome.DONE) {
      Sql.update(
          jdbc,
          """
          UPDATE stipend.alert_logs
          SET acknowledged_at = NULL,
              acknowledged_by = NULL,
              snoozed_until = ?
          WHERE workspace_id = ?
            AND id = ?
          """,
          until,
          workspace,
          alert);
      outbox.suppress(workspace, alert, snoozed(until));
      outbox.recheckWorkspaces(List.of(workspace), now);
      outbox.changed(List.of(workspace), List.of(alert), now);
    }
    return reaction;
  }

  private static Suppression acknowledged(String actor) {
    return Suppression.forGood("acknowledged by " + actor);
  }

  private static Suppression snoozed(Instant until) {
    return new Suppression(Severity.CRITICAL, "snoozed until " + until, until);
  }

  private ActionOutcome lock(UUID workspace, UUID alert) {
    Optional<AlertState> state =
        Sql.first(
            jdbc,
            """
            SELECT state
            FROM stipend.alert_logs
            WHERE workspace_id = ?
              AND id = ?
            FOR UPDATE
            """,
            row -> AlertState.read(row.getString("state")),
            workspace,
            alert);
    return state
        .map(
            found ->
                switch (found) {
                  case OPEN -> ActionOutcome.DONE;
                  case RESOLVED, ENDED -> ActionOutcome.CLOSED;
                })
        .orElse(ActionOutcome.UNKNOWN);
  }
}
