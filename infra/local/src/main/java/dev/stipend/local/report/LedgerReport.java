package dev.stipend.local.report;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// Reads what the functions wrote, for the workspace `default`. It changes nothing.
public final class LedgerReport {

  private static final String PERIODS =
      """
      SELECT b.id, b.name, b.scope, b.scope_id, p.subject, b.period, b.time_zone, p.period_start, p.period_end,
        p.spend, p.limit_amount, p.requests
      FROM stipend.budgets AS b
      JOIN stipend.workspaces AS w ON w.id = b.workspace_id AND w.slug = 'default'
      JOIN stipend.budget_periods AS p ON p.workspace_id = b.workspace_id AND p.budget_id = b.id
      WHERE b.status <> 'archived'
      """;

  private final DataSource database;

  public LedgerReport(DataSource database) {
    this.database = database;
  }

  /// The sums over the whole ledger.
  public LedgerTotals totals() {
    return query(
        """
        SELECT w.currency, count(u.event_id), coalesce(sum(u.unpriced), 0),
          coalesce(sum(u.input_tokens), 0), coalesce(sum(u.output_tokens), 0),
          CAST(coalesce(sum(u.cost), 0) AS numeric(36, 12))
        FROM stipend.workspaces AS w
        LEFT JOIN stipend.usage_logs AS u ON u.workspace_id = w.id
        WHERE w.slug = 'default'
        GROUP BY w.currency
        """,
        rows -> {
          rows.next();
          return new LedgerTotals(
              rows.getLong(2),
              rows.getLong(3),
              rows.getLong(4),
              rows.getLong(5),
              rows.getBigDecimal(6),
              rows.getString(1),
              deliveries());
        });
  }

  /// The counters of all budgets that are not archived, by budget and time.
  public List<ReportedPeriod> periods() {
    Map<Counter, List<ReportedPeriod.Alert>> alerts = alerts(Instant.EPOCH);
    return query(
        PERIODS + "ORDER BY b.created_at, b.name, b.id, p.period_start, p.subject",
        rows -> read(rows, alerts));
  }

  /// The counters of running periods, the closest to their limit first.
  public List<ReportedPeriod> current(Instant now, int most) {
    Map<Counter, List<ReportedPeriod.Alert>> alerts = alerts(now);
    return query(
        PERIODS
            + """
              AND p.period_start <= ?
              AND p.period_end > ?
            ORDER BY p.spend / nullif(p.limit_amount, 0) DESC NULLS FIRST, b.name, p.subject
            LIMIT ?
            """,
        rows -> read(rows, alerts),
        now.atOffset(ZoneOffset.UTC),
        now.atOffset(ZoneOffset.UTC),
        most);
  }

  private static List<ReportedPeriod> read(
      ResultSet rows, Map<Counter, List<ReportedPeriod.Alert>> alerts) throws SQLException {
    List<ReportedPeriod> periods = new ArrayList<>();
    while (rows.next()) {
      Instant start = instant(rows, "period_start");
      Counter counter = new Counter(rows.getString("id"), rows.getString("subject"), start);
      periods.add(
          new ReportedPeriod(
              counter.budgetId(),
              rows.getString("name"),
              rows.getString("scope"),
              rows.getString("scope_id"),
              rows.getString("subject"),
              rows.getString("period"),
              ZoneId.of(rows.getString("time_zone")),
              start,
              instant(rows, "period_end"),
              rows.getBigDecimal("spend"),
              rows.getBigDecimal("limit_amount"),
              rows.getLong("requests"),
              alerts.getOrDefault(counter, List.of())));
    }
    return periods;
  }

  /// Deliveries that a worker should have in hand at this instant.
  public long dueDeliveries(Instant now) {
    return query(
        """
        SELECT count(*)
        FROM stipend.alert_deliveries
        WHERE status IN ('pending', 'sending', 'retrying') AND next_attempt_at <= ?
        """,
        rows -> {
          rows.next();
          return rows.getLong(1);
        },
        now.atOffset(ZoneOffset.UTC));
  }

  private Map<String, Long> deliveries() {
    return query(
        """
        SELECT d.status, count(*)
        FROM stipend.alert_deliveries AS d
        JOIN stipend.workspaces AS w ON w.id = d.workspace_id AND w.slug = 'default'
        GROUP BY d.status
        ORDER BY d.status
        """,
        rows -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          while (rows.next()) {
            counts.put(rows.getString(1), rows.getLong(2));
          }
          return counts;
        });
  }

  /// @param since only alerts of periods that end after this
  private Map<Counter, List<ReportedPeriod.Alert>> alerts(Instant since) {
    return query(
        """
        SELECT a.budget_id, a.subject, a.period_start, a.type, a.threshold, a.state, a.raised_at,
          (
            SELECT string_agg(s.status || ' ' || s.number, ', ' ORDER BY s.status)
            FROM (
              SELECT d.status, count(*) AS number
              FROM stipend.alert_deliveries AS d
              WHERE d.workspace_id = a.workspace_id AND d.alert_id = a.id
              GROUP BY d.status
            ) AS s
          ) AS deliveries
        FROM stipend.alert_logs AS a
        JOIN stipend.workspaces AS w ON w.id = a.workspace_id AND w.slug = 'default'
        WHERE a.period_end > ?
        ORDER BY a.raised_at, a.threshold, a.id
        """,
        rows -> {
          Map<Counter, List<ReportedPeriod.Alert>> alerts = new HashMap<>();
          while (rows.next()) {
            String deliveries = rows.getString("deliveries");
            alerts
                .computeIfAbsent(
                    new Counter(
                        rows.getString("budget_id"),
                        rows.getString("subject"),
                        instant(rows, "period_start")),
                    counter -> new ArrayList<>())
                .add(
                    new ReportedPeriod.Alert(
                        rows.getString("type"),
                        new BigDecimal(
                            rows.getBigDecimal("threshold").stripTrailingZeros().toPlainString()),
                        rows.getString("state"),
                        deliveries == null ? "not delivered" : deliveries,
                        instant(rows, "raised_at")));
          }
          return alerts;
        },
        since.atOffset(ZoneOffset.UTC));
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  private <T> T query(String sql, Reader<T> reader, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < parameters.length; index++) {
        statement.setObject(index + 1, parameters[index]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return reader.read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The report cannot be read: " + e.getMessage(), e);
    }
  }

  private interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private record Counter(String budgetId, String subject, Instant start) {}
}
