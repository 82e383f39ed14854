package dev.stipend.maintenance.reconciliation;

import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// The days whose totals are known to be equal to the ledger, so that they need not be read again.
///
/// A day stays known while no row of it was recorded since, and its totals are, by a fingerprint,
/// what they were.
@Singleton
class ReconciledDays {
  /// A row becomes visible after the time that it says it was recorded at; no transaction lasts
  /// nearly so long.
  private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

  private static final String FINGERPRINTS =
      "SELECT day, sum(hash) AS fingerprint FROM ("
          + CachedTable.COST_TRACKING.hashes()
          + "UNION ALL\n"
          + CachedTable.UNPRICED_EVENTS.hashes()
          + ") AS hashes GROUP BY day";

  private final JdbcOperations jdbc;
  private final LedgerHorizon horizon;

  ReconciledDays(JdbcOperations jdbc, LedgerHorizon horizon) {
    this.jdbc = jdbc;
    this.horizon = horizon;
  }

  /// A day to compare.
  ///
  /// @param fingerprint of its totals before they are compared
  record Unknown(LocalDate day, BigDecimal fingerprint) {}

  /// Forgets the days that changed, or have left the ledger. All others are known as of now.
  @Transactional
  void refresh(UUID workspace, Instant now) {
    Instant from = horizon.read();
    run(
        """
        DELETE FROM stipend.reconciled_days
        WHERE workspace_id = ?
          AND day < CAST(CAST(? AS timestamptz) AT TIME ZONE 'UTC' AS date)
        """,
        workspace,
        from);
    run(
        """
        DELETE FROM stipend.reconciled_days d
        USING (
          SELECT CAST(occurred_at AT TIME ZONE 'UTC' AS date) AS day, max(recorded_at) AS recorded_at
          FROM stipend.usage_logs
          WHERE workspace_id = ?
            AND recorded_at >= (
              SELECT min(reconciled_at) - CAST(? AS interval)
              FROM stipend.reconciled_days
              WHERE workspace_id = ?)
          GROUP BY 1) AS changed
        WHERE d.workspace_id = ?
          AND d.day = changed.day
          AND changed.recorded_at >= d.reconciled_at - CAST(? AS interval)
        """,
        workspace,
        LONGEST_TRANSACTION.toString(),
        workspace,
        workspace,
        LONGEST_TRANSACTION.toString());
    run(
        """
        DELETE FROM stipend.reconciled_days d
        USING (
          SELECT known.day
          FROM stipend.reconciled_days known
          LEFT JOIN (%s) AS now ON now.day = known.day
          WHERE known.workspace_id = ?
            AND known.fingerprint <> coalesce(now.fingerprint, 0)) AS changed
        WHERE d.workspace_id = ?
          AND d.day = changed.day
        """
            .formatted(FINGERPRINTS),
        workspace,
        from,
        workspace,
        from,
        workspace,
        workspace);
    run(
        "UPDATE stipend.reconciled_days SET reconciled_at = ? WHERE workspace_id = ?",
        now,
        workspace);
  }

  /// Forgets all days.
  @Transactional
  void forget(UUID workspace) {
    run("DELETE FROM stipend.reconciled_days WHERE workspace_id = ?", workspace);
  }

  /// The days that are not known to be right, oldest first.
  @Transactional
  List<Unknown> findUnknown(UUID workspace) {
    Instant from = horizon.read();
    return jdbc.prepareStatement(
        """
        WITH now AS (%s),
        bounds AS (
          SELECT least(min(day), (
              SELECT CAST(min(occurred_at) AT TIME ZONE 'UTC' AS date)
              FROM stipend.usage_logs
              WHERE workspace_id = ? AND occurred_at >= ?)) AS first,
            greatest(max(day), (
              SELECT CAST(max(occurred_at) AT TIME ZONE 'UTC' AS date)
              FROM stipend.usage_logs
              WHERE workspace_id = ? AND occurred_at >= ?)) AS last
          FROM now)
        SELECT candidate.day, coalesce(now.fingerprint, 0) AS fingerprint
        FROM bounds
        CROSS JOIN LATERAL (
          SELECT CAST(day AS date) AS day
          FROM generate_series(CAST(first AS timestamp), CAST(last AS timestamp), interval '1 day') AS day) AS candidate
        LEFT JOIN now ON now.day = candidate.day
        WHERE NOT EXISTS (
          SELECT 1
          FROM stipend.reconciled_days d
          WHERE d.workspace_id = ? AND d.day = candidate.day)
        ORDER BY 1
        """
            .formatted(FINGERPRINTS),
        statement -> {
          bind(
              statement, workspace, from, workspace, from, workspace, from, workspace, from,
              workspace);
          return Rows.list(
              statement,
              rows ->
                  new Unknown(
                      Objects.requireNonNull(rows.getObject("day", LocalDate.class)),
                      rows.getBigDecimal("fingerprint")));
        });
  }

  /// Remembers a day that was compared, under the totals it had before that. Its counters were not
  /// yet.
  ///
  /// @param asOf an instant before the comparison
  @Transactional
  void remember(UUID workspace, Unknown day, Instant asOf) {
    run(
        """
        INSERT INTO stipend.reconciled_days (workspace_id, day, fingerprint, reconciled_at)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (workspace_id, day) DO UPDATE
        SET reconciled_at = EXCLUDED.reconciled_at,
            fingerprint = EXCLUDED.fingerprint,
            counters_checked = FALSE
        """,
        workspace,
        day.day(),
        day.fingerprint(),
        asOf);
  }

  /// The known days whose counters were not compared since they changed.
  @Transactional
  List<LocalDate> findUnchecked(UUID workspace, Instant asOf) {
    return jdbc.prepareStatement(
        """
        SELECT day
        FROM stipend.reconciled_days
        WHERE workspace_id = ?
          AND NOT counters_checked
          AND reconciled_at <= ?
        """,
        statement -> {
          bind(statement, workspace, asOf);
          return Rows.list(
              statement, rows -> Objects.requireNonNull(rows.getObject("day", LocalDate.class)));
        });
  }

  /// Notes that the counters of those days were compared.
  @Transactional
  void markChecked(UUID workspace, Instant asOf) {
    run(
        """
        UPDATE stipend.reconciled_days
        SET counters_checked = TRUE
        WHERE workspace_id = ?
          AND NOT counters_checked
          AND reconciled_at <= ?
        """,
        workspace,
        asOf);
  }

  private void run(String sql, Object... parameters) {
    jdbc.prepareStatement(
        sql,
        statement -> {
          bind(statement, parameters);
          return statement.executeUpdate();
        });
  }

  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(i + 1, value instanceof Instant at ? Instants.parameter(at) : value);
    }
  }
}
