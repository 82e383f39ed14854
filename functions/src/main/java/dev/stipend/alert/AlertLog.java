package dev.stipend.alert;

import dev.stipend.budget.CounterKey;
import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The alerts of a workspace, to be read.
@Singleton
public class AlertLog {
  private final JdbcOperations jdbc;

  AlertLog(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// A page of alerts, newest first, of those raised before the last one of the page before.
  @Transactional
  public List<AlertRecord> page(
      UUID workspace, Optional<UUID> budget, Instant raisedBefore, UUID idBefore, int limit) {
    return jdbc.prepareStatement(
        """
        SELECT a.*
        FROM stipend.alert_logs a
        WHERE a.workspace_id = ?
          AND a.budget_id = coalesce(?, a.budget_id)
          AND (a.raised_at, a.id) < (?, ?)
        ORDER BY a.raised_at DESC, a.id DESC
        LIMIT ?
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, budget.orElse(null), Types.OTHER);
          statement.setObject(3, Instants.parameter(raisedBefore));
          statement.setObject(4, idBefore);
          statement.setInt(5, limit);
          List<AlertRecord> alerts = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              alerts.add(alert(rows));
            }
          }
          return alerts;
        });
  }

  /// All alerts of a counter, oldest first.
  @Transactional
  public List<AlertRecord> of(CounterKey counter) {
    return jdbc.prepareStatement(
        """
        SELECT a.*
        FROM stipend.alert_logs a
        WHERE a.workspace_id = ?
          AND a.budget_id = ?
          AND a.subject = ?
          AND a.period_start = ?
        ORDER BY a.raised_at, a.threshold, a.id
        """,
        statement -> {
          statement.setObject(1, counter.workspaceId());
          statement.setObject(2, counter.budgetId());
          statement.setString(3, counter.subject());
          statement.setObject(4, Instants.parameter(counter.periodStart()));
          List<AlertRecord> alerts = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              alerts.add(alert(rows));
            }
          }
          return alerts;
        });
  }

  private static AlertRecord alert(ResultSet row) throws SQLException {
    return new AlertRecord(
        row.getObject("id", UUID.class),
        row.getObject("budget_id", UUID.class),
        row.getString("subject"),
        new Period(Instants.read(row, "period_start"), Instants.read(row, "period_end")),
        AlertType.valueOf(row.getString("type")),
        row.getBigDecimal("threshold"),
        row.getString("severity"),
        Labels.parse(AlertState.class, row.getString("state")),
        row.getString("reason"),
        new Money(row.getBigDecimal("spend")),
        new Money(row.getBigDecimal("limit_amount")),
        Instants.read(row, "raised_at"),
        Instants.readOptional(row, "resolved_at"),
        Optional.ofNullable(row.getString("resolved_reason")));
  }
}
