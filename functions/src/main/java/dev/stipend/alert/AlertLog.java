package dev.stipend.alert;

import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The alerts of a workspace, to be read.
@Singleton
public class AlertLog {
  private final JdbcOperations jdbc;
  private final ReasonColumns reasons;

  AlertLog(JdbcOperations jdbc, ReasonColumns reasons) {
    this.jdbc = jdbc;
    this.reasons = reasons;
  }

  /// A page of alerts.
  @Transactional
  public List<AlertRecord> page(UUID workspace, AlertFilter filter, int limit) {
    return jdbc.prepareStatement(
        """
        SELECT a.*
        FROM stipend.alert_logs a
        WHERE a.workspace_id = ?
          AND a.budget_id = coalesce(?, a.budget_id)
          AND (? OR a.state = ANY (?))
          AND (CAST(? AS text) IS NULL OR ? = CASE
                WHEN a.state = ANY (?) THEN 'closed'
                WHEN a.acknowledged_at IS NOT NULL THEN 'acknowledged'
                WHEN a.snoozed_until > ? THEN 'snoozed'
                ELSE 'open'
              END)
          AND a.type = coalesce(?, a.type)
          AND (a.raised_at, a.id) < (?, ?)
        ORDER BY a.raised_at DESC, a.id DESC
        LIMIT ?
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, filter.budget().orElse(null), Types.OTHER);
          List<String> states = filter.state().map(AlertState::stored).orElse(List.of());
          statement.setBoolean(3, states.isEmpty());
          statement.setArray(4, texts(statement, states));
          String stage = filter.stage().map(Labels::of).orElse(null);
          statement.setString(5, stage);
          statement.setString(6, stage);
          statement.setArray(7, texts(statement, AlertStage.CLOSED_STATES));
          statement.setObject(8, Instants.parameter(filter.now()));
          statement.setString(9, filter.type().map(Enum::name).orElse(null));
          statement.setObject(10, Instants.parameter(filter.raisedBefore()));
          statement.setObject(11, filter.idBefore());
          statement.setInt(12, limit);
          return Rows.list(statement, rows -> alert(rows));
        });
  }

  private static Array texts(PreparedStatement statement, List<String> texts) throws SQLException {
    return statement.getConnection().createArrayOf("text", texts.toArray());
  }

  /// All alerts of a counter, oldest first.
  @Transactional
  public List<AlertRecord> of(PeriodKey counter) {
    return Sql.list(
        jdbc,
        """
        SELECT a.*
        FROM stipend.alert_logs a
        WHERE a.workspace_id = ?
          AND a.budget_id = ?
          AND a.subject = ?
          AND a.period_start = ?
        ORDER BY a.raised_at, a.threshold, a.id
        """,
        rows -> alert(rows),
        counter.workspaceId(),
        counter.budgetId(),
        counter.subject(),
        counter.periodStart());
  }

  /// An alert with its snapshot.
  ///
  /// @param snapshot what was said when it was raised, as JSON
  public record Detail(AlertRecord alert, String snapshot) {}

  @Transactional
  public Optional<Detail> find(UUID workspace, UUID id) {
    return Sql.first(
        jdbc,
        "SELECT a.* FROM stipend.alert_logs a WHERE a.workspace_id = ? AND a.id = ?",
        row -> new Detail(alert(row), row.getString("payload")),
        workspace,
        id);
  }

  private AlertRecord alert(ResultSet row) throws SQLException {
    return new AlertRecord(
        row.getObject("id", UUID.class),
        row.getObject("budget_id", UUID.class),
        row.getString("subject"),
        new Period(Instants.read(row, "period_start"), Instants.read(row, "period_end")),
        AlertType.valueOf(row.getString("type")),
        row.getBigDecimal("threshold"),
        row.getString("severity"),
        AlertState.read(row.getString("state")),
        row.getString("reason"),
        reasons.read(row, "reason"),
        new Money(row.getBigDecimal("spend")),
        new Money(row.getBigDecimal("limit_amount")),
        Instants.read(row, "raised_at"),
        Instants.readOptional(row, "resolved_at"),
        Optional.ofNullable(row.getString("resolved_reason")),
        reasons.read(row, "resolved"),
        Instants.readOptional(row, "held_until"),
        Instants.readOptional(row, "acknowledged_at"),
        Optional.ofNullable(row.getString("acknowledged_by")),
        Instants.readOptional(row, "snoozed_until"));
  }
}
