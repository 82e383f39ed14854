package dev.stipend.maintenance.retention;

import dev.stipend.budget.period.CountingGroup;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.StatementLimit;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Periods that are no more counted.
@Singleton
class OldPeriods {
  private final LedgerLock lock;
  private final StatementLimit limit;
  private final JdbcOperations jdbc;

  OldPeriods(LedgerLock lock, StatementLimit limit, JdbcOperations jdbc) {
    this.lock = lock;
    this.limit = limit;
    this.jdbc = jdbc;
  }

  /// Has budgets of a group that count from before an instant count from it on, while recorders
  /// stand still for that moment. Answers which.
  ///
  /// @param most how many at most
  @Transactional
  List<UUID> countFrom(UUID workspace, CountingGroup group, Instant start, int most) {
    limit.setLockWait();
    lock.standstill(workspace);
    return Sql.list(
        jdbc,
        """
        UPDATE stipend.budgets
        SET counts_from = ?
        WHERE workspace_id = ?
          AND id IN (
            SELECT id
            FROM stipend.budgets
            WHERE workspace_id = ?
              AND scope = ?
              AND period = ?
              AND time_zone = ?
              AND week_start = ?
              AND anchor_day = ?
              AND anchor_month = ?
              AND counts_from < ?
            ORDER BY id
            LIMIT ?
            FOR NO KEY UPDATE)
        RETURNING id
        """,
        row -> row.getObject("id", UUID.class),
        start,
        workspace,
        workspace,
        Labels.of(group.scope()),
        Labels.of(group.cadence().kind()),
        group.timeZone(),
        group.cadence().weekStart().getValue(),
        group.cadence().anchorDay(),
        group.cadence().anchorMonth(),
        start,
        most);
  }

  /// Deletes counters of periods that ended by an instant and have no work left.
  /// Answers how many.
  ///
  /// @param most how many at most
  @Transactional
  int forget(UUID workspace, List<UUID> budgets, Instant end, int most) {
    return Sql.update(
        jdbc,
        """
        DELETE FROM stipend.budget_periods
        WHERE ctid = ANY (ARRAY(
          SELECT ctid
          FROM stipend.budget_periods
          WHERE workspace_id = ?
            AND budget_id = ANY (?)
            AND period_end <= ?
            AND closed_at IS NOT NULL
            AND NOT dirty
            AND held = 0
          LIMIT ?
          FOR UPDATE SKIP LOCKED))
        """,
        workspace,
        Statements.array("uuid", budgets),
        end,
        most);
  }
}
