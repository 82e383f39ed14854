package dev.stipend.budget;

import dev.stipend.spend.LedgerLock;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// Makes counters from the ledger: for a new budget, and again for all when totals are doubted.
@Singleton
public class BudgetPeriodRebuild {
  /// Senders' clocks may be this far ahead, so the ledger may be too.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final BudgetRepository budgets;
  private final LedgerLock lock;
  private final JdbcOperations jdbc;

  BudgetPeriodRebuild(BudgetRepository budgets, LedgerLock lock, JdbcOperations jdbc) {
    this.budgets = budgets;
    this.lock = lock;
    this.jdbc = jdbc;
  }

  /// How many counters of the workspace differ from what the ledger says: none, unless something is
  /// broken.
  @Transactional
  public int differences(UUID workspace, Instant now) {
    lock.standstill(workspace);
    return budgets.findCounting(workspace).stream().mapToInt(b -> countDifferences(b, now)).sum();
  }

  /// Makes all counters of the workspace again, and answers how many were different before.
  @Transactional
  public int rebuild(UUID workspace, Instant now) {
    lock.standstill(workspace);
    return budgets.findCounting(workspace).stream().mapToInt(budget -> fill(budget, now)).sum();
  }

  /// Sets the counters of a budget to what the ledger says, and answers how many changed. The
  /// caller holds the standstill.
  int fill(Budget budget, Instant now) {
    return run(
        budget,
        now,
        """
        , emptied AS (
          UPDATE stipend.budget_periods c
          SET spend = 0, requests = 0, unpriced = 0, dirty = TRUE, data_as_of = ?
          WHERE c.workspace_id = ? AND c.budget_id = ?
            AND (c.spend, c.requests, c.unpriced) IS DISTINCT FROM (0, 0, 0)
            AND NOT EXISTS (
              SELECT 1 FROM ledger l WHERE l.subject = c.subject AND l.period_start = c.period_start)
          RETURNING 1),
        filled AS (
          INSERT INTO stipend.budget_periods AS c (
            data_as_of, workspace_id, budget_id, limit_amount, subject, period_start, period_end, spend, requests, unpriced)
          SELECT ?, ?, ?, ?, subject, period_start, period_end, spend, requests, unpriced
          FROM ledger
          ON CONFLICT (workspace_id, budget_id, subject, period_start) DO UPDATE
          SET spend = EXCLUDED.spend, requests = EXCLUDED.requests, unpriced = EXCLUDED.unpriced,
              dirty = TRUE, data_as_of = EXCLUDED.data_as_of
          WHERE (c.spend, c.requests, c.unpriced)
            IS DISTINCT FROM (EXCLUDED.spend, EXCLUDED.requests, EXCLUDED.unpriced)
          RETURNING 1)
        SELECT (SELECT count(*) FROM emptied) + (SELECT count(*) FROM filled)
        """,
        List.of(
            at(now),
            budget.workspaceId(),
            budget.id(),
            at(now),
            budget.workspaceId(),
            budget.id(),
            budget.limit().amount()));
  }

  private int countDifferences(Budget budget, Instant now) {
    return run(
        budget,
        now,
        """
        SELECT count(*)
        FROM ledger l
        FULL JOIN (
            SELECT * FROM stipend.budget_periods WHERE workspace_id = ? AND budget_id = ?) c
          ON c.subject = l.subject AND c.period_start = l.period_start
        WHERE coalesce(l.spend, 0) <> coalesce(c.spend, 0)
           OR coalesce(l.requests, 0) <> coalesce(c.requests, 0)
           OR coalesce(l.unpriced, 0) <> coalesce(c.unpriced, 0)
        """,
        List.of(budget.workspaceId(), budget.id()));
  }

  /// Runs a statement over `ledger`: what the ledger says of each subject and period of the budget.
  private int run(Budget budget, Instant now, String statementOverLedger, List<Object> parameters) {
    ScopeSql scope = ScopeSql.of(budget);
    List<Period> periods =
        budget
            .cadence()
            .periodsBetween(budget.countsFrom(), lastCounted(budget.workspaceId(), now));
    return jdbc.prepareStatement(
        ledger(scope) + statementOverLedger,
        statement -> {
          new ArrayBinder<>(statement, 1, periods).instants(Period::start).instants(Period::end);
          statement.setObject(3, Instants.parameter(budget.countsFrom()));
          statement.setObject(4, budget.workspaceId());
          scope.bind(statement, 5);
          for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(6 + i, parameters.get(i));
          }
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  private static String ledger(ScopeSql scope) {
    return """
    WITH ledger AS (
      SELECT %s AS subject, p.period_start, p.period_end,
        coalesce(sum(u.cost), 0) AS spend,
        count(*) FILTER (WHERE u.kind = 'usage') AS requests,
        sum(u.unpriced) AS unpriced
      FROM unnest(?, ?) AS p (period_start, period_end)
      JOIN stipend.usage_logs u
        ON u.occurred_at >= p.period_start
       AND u.occurred_at < p.period_end
       AND u.occurred_at >= ?
      %s
      WHERE u.workspace_id = ?
        AND %s
      GROUP BY 1, 2, 3)
    """
        .formatted(scope.subject(), scope.join(), scope.condition());
  }

  /// The instant before which everything counted lies: the ledger may be ahead of this clock.
  private Instant lastCounted(UUID workspace, Instant now) {
    Instant expected = now.plus(AHEAD);
    return jdbc.prepareStatement(
        """
        SELECT greatest(max(bucket_start) + interval '15 minutes', ?) AS last
        FROM stipend.cost_tracking
        WHERE workspace_id = ?
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(expected));
          statement.setObject(2, workspace);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return Instants.read(row, "last");
          }
        });
  }

  private static Object at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
