package dev.stipend.enforcement.headroom;

import dev.stipend.budget.BudgetRow;
import dev.stipend.budget.ScopePair;
import dev.stipend.budget.period.HoldSql;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import dev.stipend.tenant.Workspace;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads headroom from the database.
@Singleton
class HeadroomRepository {
  private static final String EXPIRED = HoldSql.expired("c", "(SELECT CAST(? AS timestamptz))");
  private static final String STAMP = "SELECT budgets_stamp FROM stipend.workspaces WHERE id = ?";

  private final JdbcOperations jdbc;

  HeadroomRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The headroom of every active budget that counts such work and has a period now.
  @Connectable
  HeadroomReading find(CountedWork work, Instant now) {
    Workspace workspace = work.workspace();
    List<ScopePair> pairs = List.copyOf(ScopePair.of(workspace, work.who(), work.tags()));
    return jdbc.prepareStatement(
        find(pairs.size()),
        statement -> {
          statement.setQueryTimeout(Contention.STATEMENT_SECONDS);
          Statements.bind(statement, now, now, now);
          int next = 4;
          for (ScopePair pair : pairs) {
            statement.setString(next++, Labels.of(pair.scope()));
            statement.setString(next++, pair.scopeId());
            statement.setString(next++, pair.subject());
          }
          statement.setObject(next, Instants.parameter(now));
          statement.setObject(next + 1, Instants.parameter(now));
          statement.setObject(next + 2, workspace.id());
          return HeadroomRow.all(statement, now);
        });
  }

  /// Asks about so many pairs. They are rows of parameters, not arrays: of a row PostgreSQL expects
  /// the same whatever is in it, so that it keeps one plan, where planning anew would take longer
  /// than running.
  private static String find(int pairs) {
    return """
    SELECT w.budgets_stamp, b.id, b.name, b.hard_limit, b.on_failure, b.status, b.period, b.time_zone,
      b.week_start, b.anchor_day, b.anchor_month, b.starts_at, b.ends_at, b.increased_until, b.uncounted,
      i.until_time AS subject_increased_until,
      %s AS limit_in_force,
      b.subject, c.period_start, c.period_end, c.spend, c.held,
      CASE WHEN c.held > 0 THEN %s END AS expired
    FROM stipend.workspaces w
    LEFT JOIN LATERAL (
      SELECT b.*, pair.subject,
        coalesce(
          (SELECT aside.error
            FROM stipend.set_aside aside
            WHERE aside.workspace_id = b.workspace_id
              AND aside.kind = 'budget'
              AND aside.id = b.id
              AND aside.uncounted),
          (SELECT 'its spend so far is being counted'
            FROM stipend.budget_backfills filling
            WHERE filling.workspace_id = b.workspace_id
              AND filling.budget_id = b.id
              AND filling.until_time IS NULL)) AS uncounted
      FROM (VALUES (CAST(? AS text), CAST(? AS text), CAST(? AS text))%s) AS pair (scope, scope_id, subject)
      JOIN stipend.budgets b
        ON b.workspace_id = w.id
       AND b.scope = pair.scope
       AND b.scope_id = pair.scope_id
       AND b.status <> 'archived'
       AND b.status <> 'paused') b ON TRUE
    LEFT JOIN stipend.budget_increases i
      ON i.workspace_id = b.workspace_id
     AND i.budget_id = b.id
     AND i.subject = b.subject
    LEFT JOIN LATERAL (
      SELECT p.*
      FROM stipend.budget_periods p
      WHERE p.workspace_id = b.workspace_id
        AND p.budget_id = b.id
        AND p.subject = b.subject
        AND p.period_start <= ?
      ORDER BY p.period_start DESC
      LIMIT 1) c ON c.period_end > ?
    WHERE w.id = ?
    """
        .formatted(BudgetRow.SUBJECT_LIMIT_IN_FORCE, EXPIRED, ", (?, ?, ?)".repeat(pairs - 1));
  }

  /// The figures of budgets that are known, from as few rows as there are budgets; empty if the
  /// budgets are not what they were.
  @Connectable
  Optional<HeadroomReading> figures(CountedWork work, HeadroomReading known, Instant now) {
    List<Headroom> budgets = known.budgets();
    return jdbc.prepareStatement(
        budgets.isEmpty() ? STAMP : figures(budgets.size()),
        statement -> {
          statement.setQueryTimeout(Contention.STATEMENT_SECONDS);
          int next = 1;
          if (!budgets.isEmpty()) {
            statement.setObject(next++, Instants.parameter(now));
          }
          for (int place = 0; place < budgets.size(); place++) {
            Headroom budget = budgets.get(place);
            statement.setInt(next++, place);
            statement.setObject(next++, budget.budgetId());
            statement.setString(next++, budget.subject());
            statement.setObject(next++, Instants.parameter(budget.period().start()));
          }
          statement.setObject(next, work.workspace().id());
          try (ResultSet row = statement.executeQuery()) {
            Headroom[] figures = new Headroom[budgets.size()];
            boolean same = false;
            while (row.next()) {
              same = known.stamp().equals(row.getObject("budgets_stamp"));
              if (!budgets.isEmpty()) {
                int place = row.getInt("place");
                figures[place] =
                    budgets
                        .get(place)
                        .after(
                            HeadroomRow.money(row, "spend"),
                            HeadroomRow.money(row, "held"),
                            HeadroomRow.money(row, "expired"));
              }
            }
            return same ? Optional.of(known.after(List.of(figures))) : Optional.empty();
          }
        });
  }

  private static String figures(int budgets) {
    return """
    SELECT w.budgets_stamp, known.place, c.spend, c.held,
      CASE WHEN c.held > 0 THEN %s END AS expired
    FROM stipend.workspaces w
    CROSS JOIN (VALUES (CAST(? AS integer), CAST(? AS uuid), CAST(? AS text), CAST(? AS timestamptz))%s)
      AS known (place, budget_id, subject, period_start)
    LEFT JOIN stipend.budget_periods c
      ON c.workspace_id = w.id
     AND c.budget_id = known.budget_id
     AND c.subject = known.subject
     AND c.period_start = known.period_start
    WHERE w.id = ?
    """
        .formatted(EXPIRED, ", (?, ?, ?, ?)".repeat(budgets - 1));
  }

  /// When the next of a subject's holds expires.
  @Connectable
  Optional<Instant> nextExpiry(PeriodKey key, Instant now) {
    return Sql.first(
        jdbc,
        """
        SELECT expires_at
        FROM stipend.reservation_budgets
        WHERE (workspace_id = ?) IS TRUE
          AND budget_id = ?
          AND (subject = ? AND period_start = ?) IS TRUE
          AND expires_at > ?
        ORDER BY expires_at
        LIMIT 1
        """,
        row -> Instants.read(row, "expires_at"),
        key.workspaceId(),
        key.budgetId(),
        key.subject(),
        key.periodStart(),
        now);
  }
}
