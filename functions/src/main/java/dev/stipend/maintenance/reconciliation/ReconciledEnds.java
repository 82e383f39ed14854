package dev.stipend.maintenance.reconciliation;

import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Knows, for each UTC day on which periods end, whether their counters are still what they were
/// when they were compared last, by a fingerprint of them.
@Singleton
class ReconciledEnds {
  private final JdbcOperations jdbc;

  ReconciledEnds(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Looks at all counters. What is found now is compared from now on.
  @Transactional
  void refresh(UUID workspace) {
    Sql.update(
        jdbc,
        """
        WITH now AS (
          SELECT CAST(period_end AT TIME ZONE 'UTC' AS date) AS day,
            sum(hash_record_extended(
              ROW(budget_id, subject, period_start, spend, requests, unpriced), 0)) AS fingerprint
          FROM stipend.budget_periods
          WHERE workspace_id = ?
          GROUP BY 1),
        gone AS (
          UPDATE stipend.reconciled_ends e
          SET found = NULL
          WHERE e.workspace_id = ?
            AND e.found IS NOT NULL
            AND NOT EXISTS (SELECT FROM now WHERE now.day = e.day))
        INSERT INTO stipend.reconciled_ends AS e (workspace_id, day, found)
        SELECT ?, day, fingerprint
        FROM now
        ON CONFLICT (workspace_id, day) DO UPDATE
        SET found = EXCLUDED.found
        WHERE e.found IS DISTINCT FROM EXCLUDED.found
        """,
        workspace,
        workspace,
        workspace);
  }

  /// All counters are to be compared again.
  @Transactional
  void forget(UUID workspace) {
    run("DELETE FROM stipend.reconciled_ends WHERE workspace_id = ?", workspace);
  }

  /// The days whose counters are not known to be right.
  @Transactional
  List<LocalDate> findUnknown(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT day
        FROM stipend.reconciled_ends
        WHERE workspace_id = ?
          AND fingerprint IS DISTINCT FROM found
        """,
        statement -> {
          statement.setObject(1, workspace);
          return Rows.list(
              statement, row -> Objects.requireNonNull(row.getObject("day", LocalDate.class)));
        });
  }

  /// Remembers that all counters were compared, as they were found before that.
  @Transactional
  void remember(UUID workspace) {
    run(
        """
        DELETE FROM stipend.reconciled_ends
        WHERE workspace_id = ?
          AND found IS NULL
        """,
        workspace);
    run(
        """
        UPDATE stipend.reconciled_ends
        SET fingerprint = found
        WHERE workspace_id = ?
          AND fingerprint IS DISTINCT FROM found
        """,
        workspace);
  }

  private void run(String sql, UUID workspace) {
    Sql.update(jdbc, sql, workspace);
  }
}
