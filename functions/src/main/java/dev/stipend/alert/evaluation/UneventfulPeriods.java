package dev.stipend.alert.evaluation;

import dev.stipend.budget.period.PeriodKey;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Marks changed counters of which an evaluation decides nothing: their spend is below every
/// threshold, and no alert of theirs is open. Where very many have changed at once, by an edit or
/// because totals were made again, nearly all are such, and need not leave the database.
///
/// It is no second evaluation: what it is not sure about it leaves to {@link Evaluation}.
@Singleton
public class UneventfulPeriods {
  /// Stands before all counters.
  public static final PeriodKey BEFORE_ALL =
      new PeriodKey(new UUID(0, 0), new UUID(0, 0), "", Instant.EPOCH);

  /// Counters that the caller's transaction has locked.
  ///
  /// @param rows their places in the table, which nobody can change meanwhile
  /// @param last the key of the last of them; empty if there are none
  public record Locked(List<String> rows, Optional<PeriodKey> last) {}

  /// What was marked.
  ///
  /// @param counters how many
  /// @param changedAt the earliest change among them
  public record Marked(int counters, Optional<Instant> changedAt) {}

  private final JdbcOperations jdbc;

  UneventfulPeriods(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Locks up to `most` changed counters after one, in the order of their keys, leaving out those
  /// that somebody else holds.
  public Locked lock(PeriodKey after, int most) {
    return jdbc.prepareStatement(
        """
        SELECT CAST(c.ctid AS text) AS row, c.workspace_id, c.budget_id, c.subject, c.period_start
        FROM stipend.budget_periods c
        WHERE c.dirty
          AND (c.workspace_id, c.budget_id, c.subject, c.period_start) > (?, ?, ?, ?)
        ORDER BY c.workspace_id, c.budget_id, c.subject, c.period_start
        LIMIT ?
        FOR UPDATE OF c SKIP LOCKED
        """,
        statement -> {
          Statements.bind(
              statement,
              after.workspaceId(),
              after.budgetId(),
              after.subject(),
              after.periodStart(),
              most);
          return locked(statement);
        });
  }

  private static Locked locked(PreparedStatement statement) throws SQLException {
    List<String> rows = new ArrayList<>();
    Optional<PeriodKey> last = Optional.empty();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(row.getString("row"));
        last =
            Optional.of(
                new PeriodKey(
                    row.getObject("workspace_id", UUID.class),
                    row.getObject("budget_id", UUID.class),
                    row.getString("subject"),
                    Instants.read(row, "period_start")));
      }
    }
    return new Locked(rows, last);
  }

  /// Marks those of the locked counters that are uneventful. A statement of its own: what it sees
  /// of budgets and alerts is no older than the locks, and whoever changes those of a counter needs
  /// its lock, to mark it again.
  public Marked mark(Locked locked, Instant now) {
    return jdbc.prepareStatement(
        """
        WITH at AS (SELECT CAST(? AS timestamptz) AS now),
        marked AS (
          UPDATE stipend.budget_periods c
          SET dirty = FALSE,
              evaluated_at = at.now
          FROM at, stipend.budgets b
          WHERE c.ctid = ANY (CAST(? AS tid[]))
            AND c.closed_at IS NULL
            AND c.period_end > at.now
            AND c.unpriced = 0
            AND (c.evaluated_at IS NULL OR c.evaluated_at <= at.now)
            AND b.workspace_id = c.workspace_id
            AND b.id = c.budget_id
            AND b.status = 'active'
            AND b.limit_amount > 0
            AND c.spend < b.limit_amount
            AND NOT EXISTS (
              SELECT
              FROM stipend.budget_thresholds t
              WHERE t.workspace_id = c.workspace_id
                AND t.budget_id = c.budget_id
                AND (t.kind <> 'actual' OR c.spend * 100 >= b.limit_amount * t.percent))
            AND NOT EXISTS (
              SELECT
              FROM stipend.alert_logs a
              WHERE a.workspace_id = c.workspace_id
                AND a.budget_id = c.budget_id
                AND a.subject = c.subject
                AND a.period_start = c.period_start
                AND a.resolved_at IS NULL)
          RETURNING greatest(c.data_as_of, b.updated_at) AS changed_at)
        SELECT count(*) AS counters, min(changed_at) AS changed_at
        FROM marked
        """,
        statement -> {
          Statements.bind(statement, now, Statements.array("text", locked.rows()));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new Marked(row.getInt("counters"), Instants.readOptional(row, "changed_at"));
          }
        });
  }
}
