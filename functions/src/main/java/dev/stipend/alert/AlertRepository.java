package dev.stipend.alert;

import dev.stipend.budget.Severity;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.wording.Reason;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The rows of `alert_logs`.
@Singleton
public class AlertRepository {
  private final JdbcOperations jdbc;
  private final JsonText json;
  private final ReasonColumns reasons;

  AlertRepository(JdbcOperations jdbc, JsonText json, ReasonColumns reasons) {
    this.jdbc = jdbc;
    this.json = json;
    this.reasons = reasons;
  }

  /// All alerts that the counters have had.
  public List<LoggedAlert> findByCounters(List<BudgetPeriod> counters) {
    return jdbc.prepareStatement(
        """
        SELECT a.*
        FROM stipend.alert_logs a
        JOIN unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          USING (workspace_id, budget_id, subject, period_start)
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, counters.stream().map(BudgetPeriod::key).toList())
              .uuids(PeriodKey::workspaceId)
              .uuids(PeriodKey::budgetId)
              .texts(PeriodKey::subject)
              .instants(PeriodKey::periodStart);
          return Rows.list(statement, rows -> alert(rows));
        });
  }

  /// Writes alerts, and answers the ids of those that nobody had written before.
  public Set<UUID> insert(List<AlertRow> alerts, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.alert_logs (
          state, raised_at, workspace_id, id, budget_id, subject, period_start, period_end, type, threshold, severity,
          reason, reason_code, reason_parameters, held_until, spend, limit_amount, remind_at, payload)
        SELECT 'open', ?, workspace_id, id, budget_id, subject, period_start, period_end, type, threshold, severity,
          reason, reason_code, CAST(reason_parameters AS jsonb), held_until, spend, limit_amount, remind_at,
          CAST(payload AS jsonb)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS raised (
          workspace_id, id, budget_id, subject, period_start, period_end, type, threshold, severity,
          reason, reason_code, reason_parameters, held_until, spend, limit_amount, remind_at, payload)
        ON CONFLICT DO NOTHING
        RETURNING id
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          new ArrayBinder<>(statement, 2, alerts)
              .uuids(row -> row.budget().workspaceId())
              .uuids(AlertRow::id)
              .uuids(row -> row.budget().id())
              .texts(row -> row.counter().key().subject())
              .instants(row -> row.counter().period().start())
              .instants(row -> row.counter().period().end())
              .texts(row -> row.line().type().name())
              .decimals(row -> row.line().percent())
              .texts(row -> Labels.of(row.line().severity()))
              .texts(row -> row.snapshot().alert().reason())
              .texts(row -> Labels.of(row.reason().code()))
              .texts(row -> reasons.parameters(row.reason()))
              .instants(row -> row.heldUntil().orElse(null))
              .decimals(row -> row.counter().spend().amount())
              .decimals(row -> row.snapshot().spend().limit().amount())
              .instants(row -> row.firstReminder(now).orElse(null))
              .texts(row -> json.write(row.snapshot()));
          return ids(statement);
        });
  }

  /// Opens alerts that the release before this one logged and announced to nobody, and answers the
  /// ids of those that still were so.
  public Set<UUID> adopt(List<AlertRow> alerts, Instant now) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.alert_logs a
        SET state = 'open',
            severity = row.severity,
            reason = row.reason,
            reason_code = row.reason_code,
            reason_parameters = CAST(row.reason_parameters AS jsonb),
            spend = row.spend,
            limit_amount = row.limit_amount,
            remind_at = row.remind_at,
            payload = CAST(row.payload AS jsonb)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS row (
          workspace_id, id, severity, reason, reason_code, reason_parameters, spend, limit_amount, remind_at, payload)
        WHERE a.workspace_id = row.workspace_id
          AND a.id = row.id
          AND a.state = 'superseded'
          AND a.resolved_at IS NULL
        RETURNING a.id
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, alerts)
              .uuids(row -> row.budget().workspaceId())
              .uuids(AlertRow::id)
              .texts(row -> Labels.of(row.line().severity()))
              .texts(row -> row.snapshot().alert().reason())
              .texts(row -> Labels.of(row.reason().code()))
              .texts(row -> reasons.parameters(row.reason()))
              .decimals(row -> row.counter().spend().amount())
              .decimals(row -> row.snapshot().spend().limit().amount())
              .instants(row -> row.firstReminder(now).orElse(null))
              .texts(row -> json.write(row.snapshot()));
          return ids(statement);
        });
  }

  /// Waits for other transactions that lock these alerts, in the order of their ids.
  public void lock(List<LoggedAlert> alerts) {
    jdbc.prepareStatement(
        """
        SELECT a.id
        FROM stipend.alert_logs a
        JOIN unnest(?, ?) AS held (workspace_id, id)
          USING (workspace_id, id)
        ORDER BY a.workspace_id, a.id
        FOR UPDATE OF a
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, alerts)
              .uuids(alert -> alert.counter().workspaceId())
              .uuids(LoggedAlert::id);
          return ids(statement);
        });
  }

  /// A change of an open alert.
  ///
  /// @param text the reason in English
  record Closing(LoggedAlert alert, AlertState state, Reason reason, String text) {}

  /// Closes alerts, and answers the ids of those that were still open.
  public Set<UUID> close(List<Closing> closings, Instant now) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.alert_logs a
        SET resolved_at = ?,
            state = closing.state,
            resolved_reason = closing.reason,
            resolved_code = closing.code,
            resolved_parameters = CAST(closing.parameters AS jsonb)
        FROM unnest(?, ?, ?, ?, ?, ?) AS closing (workspace_id, id, state, reason, code, parameters)
        WHERE a.workspace_id = closing.workspace_id
          AND a.id = closing.id
          AND a.resolved_at IS NULL
        RETURNING a.id
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          new ArrayBinder<>(statement, 2, closings)
              .uuids(closing -> closing.alert().counter().workspaceId())
              .uuids(closing -> closing.alert().id())
              .texts(closing -> Labels.of(closing.state()))
              .texts(Closing::text)
              .texts(closing -> Labels.of(closing.reason().code()))
              .texts(closing -> reasons.parameters(closing.reason()));
          return ids(statement);
        });
  }

  /// Notes that an alert is sent though it was held back.
  public void release(UUID workspace, UUID alert) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.alert_logs
        SET held_until = NULL
        WHERE workspace_id = ?
          AND id = ?
          AND held_until IS NOT NULL
        """,
        workspace,
        alert);
  }

  private static Set<UUID> ids(PreparedStatement statement) throws SQLException {
    return Rows.set(statement, rows -> rows.getObject(1, UUID.class));
  }

  public static LoggedAlert alert(ResultSet row) throws SQLException {
    return new LoggedAlert(
        row.getObject("id", UUID.class),
        new PeriodKey(
            row.getObject("workspace_id", UUID.class),
            row.getObject("budget_id", UUID.class),
            row.getString("subject"),
            Instants.read(row, "period_start")),
        AlertType.valueOf(row.getString("type")),
        row.getBigDecimal("threshold"),
        AlertState.read(row.getString("state")),
        Instants.read(row, "raised_at"),
        new Money(row.getBigDecimal("spend")),
        Instants.readOptional(row, "resolved_at"),
        Instants.readOptional(row, "held_until"),
        row.getString("state").equals(AlertState.SUPERSEDED),
        suppression(row));
  }

  private static Optional<Suppression> suppression(ResultSet row) throws SQLException {
    Severity severity = Labels.parse(Severity.class, row.getString("severity"));
    String by = row.getString("acknowledged_by");
    return by == null
        ? Instants.readOptional(row, "snoozed_until")
            .map(
                until ->
                    new Suppression(
                        severity, "an alert as severe is snoozed until " + until, until))
        : Optional.of(
            new Suppression(
                severity, "an alert as severe is acknowledged by " + by, Period.FOREVER));
  }
}
