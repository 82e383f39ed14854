package dev.stipend.usecase;

import dev.stipend.platform.sql.Instants;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;

/// Asks whether there is anything to sweep.
@Singleton
class DueWork {
  private final JdbcOperations jdbc;

  DueWork(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// What is due.
  ///
  /// @param dirty some counter crossed a threshold since its last evaluation
  /// @param ended some counter's period has ended and is not closed
  /// @param looks some counter is to be looked at
  /// @param decreased some limit's increase has ended and is not cleared
  /// @param expired some hold has expired and still is on a counter
  /// @param quiet some alert's time of silence is over, or it is to be reminded of
  /// @param summaries some summary is to be written
  /// @param overdue some delivery should be on its way
  /// @param unannounced some open alert was logged by the release before this one, and announced to
  ///     nobody
  /// @param backfills something that was spent before a budget counted is to be added
  /// @param sources some source is to be pulled
  /// @param retries something that was set aside is to be tried again
  /// @param aside something is set aside
  /// @param databaseTime what the database's clock says
  record Due(
      boolean dirty,
      boolean ended,
      boolean looks,
      boolean decreased,
      boolean expired,
      boolean quiet,
      boolean summaries,
      boolean overdue,
      boolean unannounced,
      boolean backfills,
      boolean sources,
      boolean retries,
      boolean aside,
      Instant databaseTime) {
    /// Whether anything is due, so that something may be set aside by now.
    boolean anything() {
      return dirty || ended || looks || decreased || expired || quiet || summaries || overdue
          || backfills || retries;
    }
  }

  /// Asks all indexes in one query, so that a sweep without work costs one. Each is asked for its
  /// first entry: for `EXISTS`, the planner would rather read the table from its start, and what
  /// changed last is at its end.
  @Connectable
  Due find(Instant now) {
    return jdbc.prepareStatement(
        """
        WITH at AS (SELECT CAST(? AS timestamptz) AS now)
        SELECT
          (SELECT TRUE FROM stipend.budget_periods WHERE dirty
            ORDER BY workspace_id, budget_id, subject, period_start LIMIT 1) IS NOT NULL AS dirty,
          (SELECT period_end FROM stipend.budget_periods WHERE closed_at IS NULL
            ORDER BY period_end LIMIT 1) <= now AS ended,
          (SELECT look_at FROM stipend.budget_periods WHERE look_at IS NOT NULL
            ORDER BY look_at LIMIT 1) <= now AS looks,
          (SELECT increased_until FROM stipend.budgets WHERE increased_until IS NOT NULL
            ORDER BY increased_until LIMIT 1) <= now
            OR (SELECT until_time FROM stipend.budget_increases ORDER BY until_time LIMIT 1) <= now AS decreased,
          (SELECT expires_at FROM stipend.reservation_budgets
            ORDER BY expires_at LIMIT 1) <= now AS expired,
          (SELECT snoozed_until FROM stipend.alert_logs WHERE snoozed_until IS NOT NULL AND resolved_at IS NULL
            ORDER BY snoozed_until LIMIT 1) <= now
            OR (SELECT next_attempt_at FROM stipend.alert_deliveries WHERE status = 'suppressed'
              ORDER BY next_attempt_at LIMIT 1) <= now
            OR (SELECT remind_at FROM stipend.alert_logs WHERE remind_at IS NOT NULL AND resolved_at IS NULL
              ORDER BY remind_at LIMIT 1) <= now AS quiet,
          (SELECT next_at FROM stipend.summary_schedules ORDER BY next_at LIMIT 1) <= now AS summaries,
          (SELECT next_attempt_at FROM stipend.alert_deliveries WHERE status IN ('pending', 'sending', 'retrying')
            ORDER BY next_attempt_at LIMIT 1) <= now AS overdue,
          (SELECT TRUE FROM stipend.alert_logs WHERE state = 'superseded' AND resolved_at IS NULL
            ORDER BY workspace_id, id LIMIT 1) IS NOT NULL AS unannounced,
          (SELECT next_attempt_at FROM stipend.budget_backfills
            ORDER BY next_attempt_at LIMIT 1) <= now AS backfills,
          (SELECT next_pull_at FROM stipend.spend_sources WHERE next_pull_at IS NOT NULL
            ORDER BY next_pull_at LIMIT 1) <= now AS sources,
          (SELECT retry_at FROM stipend.set_aside ORDER BY retry_at LIMIT 1) <= now AS retries,
          EXISTS (SELECT FROM stipend.set_aside) AS aside,
          clock_timestamp() AS database_time
        FROM at
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            // Where there is nothing, nothing is due: null reads as false.
            return new Due(
                row.getBoolean("dirty"),
                row.getBoolean("ended"),
                row.getBoolean("looks"),
                row.getBoolean("decreased"),
                row.getBoolean("expired"),
                row.getBoolean("quiet"),
                row.getBoolean("summaries"),
                row.getBoolean("overdue"),
                row.getBoolean("unannounced"),
                row.getBoolean("backfills"),
                row.getBoolean("sources"),
                row.getBoolean("retries"),
                row.getBoolean("aside"),
                Instants.read(row, "database_time"));
          }
        });
  }
}
