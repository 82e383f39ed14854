package dev.stipend.report.summary;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Finds the budgets that may not last, and how many alerts there were.
@Singleton
class AtRisk {
  private static final int MOST = 5;

  private final JdbcOperations jdbc;

  AtRisk(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Counters of running periods that have spent four fifths of their limit, or are on course for a
  /// threshold, the nearest to their limit first.
  List<AlertSnapshot.AtRisk> find(UUID workspace, Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT b.name, p.subject, p.spend, p.limit_amount
        FROM stipend.budget_periods p
        JOIN stipend.budgets b
          ON b.workspace_id = p.workspace_id
         AND b.id = p.budget_id
         AND b.status = 'active'
        WHERE p.workspace_id = ?
          AND p.period_start <= ?
          AND p.period_end > ?
          AND (p.spend > 0 AND p.spend >= p.limit_amount * 0.8
            OR EXISTS (
              SELECT FROM stipend.alert_logs a
              WHERE a.workspace_id = p.workspace_id
                AND a.budget_id = p.budget_id
                AND a.subject = p.subject
                AND a.period_start = p.period_start
                AND a.type = 'APPROACHING_LIMIT'
                AND a.resolved_at IS NULL))
        ORDER BY p.spend / nullif(p.limit_amount, 0) DESC NULLS FIRST, b.name, p.subject
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, workspace, now, now, MOST);
          List<AlertSnapshot.AtRisk> found = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              Money spend = new Money(row.getBigDecimal("spend"));
              Money limit = new Money(row.getBigDecimal("limit_amount"));
              found.add(
                  new AlertSnapshot.AtRisk(
                      row.getString("name"),
                      row.getString("subject"),
                      spend,
                      limit,
                      spend.percentOf(limit)));
            }
          }
          return found;
        });
  }

  /// How many alerts people were notified of, or would have been without a silence. An alert that
  /// every channel was spared is none of them.
  long notified(UUID workspace, Instant from, Instant until) {
    return jdbc.prepareStatement(
        """
        SELECT count(*)
        FROM stipend.alert_logs a
        WHERE a.workspace_id = ?
          AND a.raised_at >= ?
          AND a.raised_at < ?
          AND EXISTS (
            SELECT
            FROM stipend.alert_deliveries d
            WHERE d.workspace_id = a.workspace_id
              AND d.alert_id = a.id
              AND d.purpose = 'raised'
              AND (d.sent_at IS NOT NULL OR d.spared_by IS NULL))
        """,
        statement -> {
          Statements.bind(statement, workspace, from, until);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }
}
