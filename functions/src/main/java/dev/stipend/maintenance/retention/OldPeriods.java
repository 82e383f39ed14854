package dev.stipend.maintenance.retention;

import dev.stipend.budget.period.CountingGroup;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.StatementLimit;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
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
    return jdbc.prepareStatement(
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
        statement -> {
          statement.setObject(1, Instants.parameter(start));
          statement.setObject(2, workspace);
          statement.setObject(3, workspace);
          statement.setString(4, Labels.of(group.scope()));
          statement.setString(5, Labels.of(group.cadence().kind()));
          statement.setString(6, group.timeZone());
          statement.setInt(7, group.cadence().weekStart().getValue());
          statement.setInt(8, group.cadence().anchorDay());
          statement.setInt(9, group.cadence().anchorMonth());
          statement.setObject(10, Instants.parameter(start));
          statement.setInt(11, most);
          List<UUID> ids = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              ids.add(row.getObject("id", UUID.class));
            }
          }
          return ids;
        });
  }

  /// Forgets counters of periods that ended by an instant and of which nothing is left to do.
  /// Answers how many.
  ///
  /// @param most how many at most
  @Transactional
  int forget(UUID workspace, List<UUID> budgets, Instant end, int most) {
    return jdbc.prepareStatement(
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
        statement -> {
          statement.setObject(1, workspace);
          statement.setArray(2, statement.getConnection().createArrayOf("uuid", budgets.toArray()));
          statement.setObject(3, Instants.parameter(end));
          statement.setInt(4, most);
          return statement.executeUpdate();
        });
  }
}
