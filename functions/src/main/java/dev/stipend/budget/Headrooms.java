package dev.stipend.budget;

import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.spend.Attribution;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import dev.stipend.workspace.Workspace;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Reads what the budgets that count a piece of work leave to be spent.
@Singleton
public class Headrooms {
  private final JdbcOperations jdbc;

  Headrooms(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The headroom of every active budget that counts such work now, all as of one moment. Budgets
  /// without a period now are left out.
  ///
  /// @param patience seconds after which the database is taken not to answer
  @Connectable
  public List<Headroom> find(
      Workspace workspace, Attribution who, Map<String, String> tags, Instant now, int patience) {
    List<ScopePair> pairs = List.copyOf(ScopePair.of(workspace, who, tags));
    return jdbc.prepareStatement(
        find(pairs.size()),
        statement -> {
          statement.setQueryTimeout(patience);
          statement.setObject(1, Instants.parameter(now));
          statement.setObject(2, Instants.parameter(now));
          int next = 3;
          for (ScopePair pair : pairs) {
            statement.setString(next++, Labels.of(pair.scope()));
            statement.setString(next++, pair.scopeId());
            statement.setString(next++, pair.subject());
          }
          statement.setObject(next, workspace.id());
          statement.setObject(next + 1, Instants.parameter(now));
          statement.setObject(next + 2, Instants.parameter(now));
          return read(statement, now);
        });
  }

  /// Asks about so many pairs.
  ///
  /// Expired holds are read where they are: nobody has to have taken them off first. They are found
  /// by their budget, so that the holds of others cost nothing.
  ///
  /// The pairs are rows of parameters, not arrays: of a row PostgreSQL expects the same whatever is
  /// in it, so that it keeps one plan, where planning anew would take longer than running.
  private static String find(int pairs) {
    return """
    SELECT b.id, b.name, b.hard_limit, b.period, b.time_zone, b.week_start, b.anchor_day, b.anchor_month,
      b.starts_at, b.ends_at,
      CASE WHEN b.increased_until > ? THEN greatest(b.increased_limit, b.limit_amount) ELSE b.limit_amount END
        AS limit_in_force,
      pair.subject, c.period_start, c.period_end, c.spend, c.held,
      CASE WHEN c.held > 0 THEN (
        SELECT sum(h.amount)
        FROM stipend.reservation_budgets h
        WHERE h.budget_id = b.id
          AND h.expires_at <= ?
          AND h.workspace_id = b.workspace_id
          AND h.subject = pair.subject
          AND h.period_start = c.period_start) END AS expired
    FROM (VALUES (CAST(? AS text), CAST(? AS text), CAST(? AS text))%s) AS pair (scope, scope_id, subject)
    JOIN stipend.budgets b
      ON b.workspace_id = ?
     AND b.scope = pair.scope
     AND b.scope_id = pair.scope_id
     AND b.status = 'active'
    LEFT JOIN LATERAL (
      SELECT p.period_start, p.period_end, p.spend, p.held
      FROM stipend.budget_periods p
      WHERE p.workspace_id = b.workspace_id
        AND p.budget_id = b.id
        AND p.subject = pair.subject
        AND p.period_start <= ?
      ORDER BY p.period_start DESC
      LIMIT 1) c ON c.period_end > ?
    """
        .formatted(", (?, ?, ?)".repeat(pairs - 1));
  }

  /// When the next of a subject's holds expires.
  @Connectable
  public Optional<Instant> nextExpiry(UUID workspace, Headroom headroom, Instant now) {
    CounterKey key =
        new CounterKey(
            workspace, headroom.budgetId(), headroom.subject(), headroom.period().start());
    return ofHolds(
        "min(expires_at)", "expires_at > ?", key, now, row -> Instants.readOptional(row, "result"));
  }

  /// What a counter's expired holds still take of it.
  @Connectable
  Money expired(CounterKey key, Instant now) {
    return ofHolds("sum(amount)", "expires_at <= ?", key, now, row -> money(row, "result"));
  }

  /// Reads something of a result's row.
  @FunctionalInterface
  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> T ofHolds(
      String result, String condition, CounterKey key, Instant now, Reading<T> reading) {
    return jdbc.prepareStatement(
        """
        SELECT %s AS result
        FROM stipend.reservation_budgets
        WHERE workspace_id = ?
          AND budget_id = ?
          AND subject = ?
          AND period_start = ?
          AND %s
        """
            .formatted(result, condition),
        statement -> {
          statement.setObject(1, key.workspaceId());
          statement.setObject(2, key.budgetId());
          statement.setString(3, key.subject());
          statement.setObject(4, Instants.parameter(key.periodStart()));
          statement.setObject(5, Instants.parameter(now));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return reading.read(row);
          }
        });
  }

  private static List<Headroom> read(PreparedStatement statement, Instant now) throws SQLException {
    List<Headroom> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Optional<Period> period = period(row, now);
        if (period.isPresent()) {
          found.add(headroom(row, period.get()));
        }
      }
    }
    return found;
  }

  /// A counter's bounds are those it opened with; without one, they are what the cadence says.
  private static Optional<Period> period(ResultSet row, Instant now) throws SQLException {
    Optional<Instant> start = Instants.readOptional(row, "period_start");
    if (start.isPresent()) {
      return Optional.of(new Period(start.get(), Instants.read(row, "period_end")));
    }
    return BudgetRow.cadence(row).periodAt(now);
  }

  private static Headroom headroom(ResultSet row, Period period) throws SQLException {
    Money held = money(row, "held");
    Money expired = money(row, "expired");
    return new Headroom(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getString("subject"),
        period,
        money(row, "limit_in_force"),
        money(row, "spend"),
        held.minus(expired),
        expired,
        row.getBoolean("hard_limit"));
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    BigDecimal amount = row.getBigDecimal(column);
    return amount == null ? Money.ZERO : new Money(amount);
  }
}
