package dev.stipend.budget.backfill;

import dev.stipend.budget.Budget;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of `budget_backfills`.
///
/// Whoever works on one takes it over; who had it before finds so when adding anything, and stops.
@Singleton
public class BackfillRepository {
  private static final String COLUMNS =
      "workspace_id, budget_id, run_id, periods, filled, until_time, remaining";

  private final RowIds ids;
  private final JdbcOperations jdbc;

  BackfillRepository(RowIds ids, JdbcOperations jdbc) {
    this.ids = ids;
    this.jdbc = jdbc;
  }

  /// The condition that leaves out budgets whose counters are still being made.
  ///
  /// @param budget the alias of a row with a budget's key
  public static String leavesOut(String budget) {
    return """
    NOT EXISTS (
      SELECT
      FROM stipend.budget_backfills filling
      WHERE filling.workspace_id = %1$s.workspace_id
        AND filling.budget_id = %1$s.id)
    """
        .formatted(budget);
  }

  /// Begins one, from its start if there is one. The caller holds the standstill.
  void begin(Budget budget, int periods, boolean remaining, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.budget_backfills (
          workspace_id, budget_id, run_id, periods, remaining, next_attempt_at)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, budget_id) DO UPDATE
        SET run_id = EXCLUDED.run_id, periods = EXCLUDED.periods, filled = 0, until_time = NULL,
            remaining = budget_backfills.remaining AND EXCLUDED.remaining,
            next_attempt_at = EXCLUDED.next_attempt_at
        """,
        budget.workspaceId(),
        budget.id(),
        ids.next(),
        periods,
        remaining,
        now);
  }

  /// Takes over the one of a budget.
  ///
  /// @param time after which another may take it over
  @Transactional
  Optional<Backfill> claim(UUID workspace, UUID budget, Instant now, Duration time) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.budget_backfills
        SET run_id = ?, next_attempt_at = ?
        WHERE workspace_id = ? AND budget_id = ?
        RETURNING %s
        """
            .formatted(COLUMNS),
        statement -> {
          Statements.bind(
              statement, ids.next(), Instants.parameter(now.plus(time)), workspace, budget);
          return readOne(statement);
        });
  }

  /// Takes over the one that is due and has waited longest.
  ///
  /// @param time after which another may take it over
  @Transactional
  Optional<Backfill> claimDue(Instant now, Duration time) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.budget_backfills
        SET run_id = ?, next_attempt_at = ?
        WHERE (workspace_id, budget_id) = (
          SELECT workspace_id, budget_id
          FROM stipend.budget_backfills
          WHERE next_attempt_at <= ?
          ORDER BY next_attempt_at
          LIMIT 1
          FOR UPDATE SKIP LOCKED)
        RETURNING %s
        """
            .formatted(COLUMNS),
        statement -> {
          Statements.bind(statement, ids.next(), Instants.parameter(now.plus(time)), now);
          return readOne(statement);
        });
  }

  /// Lets another go on with one.
  @Transactional
  void release(Backfill backfill, Instant now) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.budget_backfills
        SET next_attempt_at = ?
        WHERE workspace_id = ? AND budget_id = ? AND run_id = ?
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          bindRun(statement, 2, backfill);
          return statement.executeUpdate();
        });
  }

  /// Keeps one from being taken over until the caller's transaction ends. Answers whether it had
  /// not been.
  boolean hold(Backfill backfill) {
    return jdbc.prepareStatement(
        """
        SELECT
        FROM stipend.budget_backfills
        WHERE workspace_id = ? AND budget_id = ? AND run_id = ?
        FOR UPDATE
        """,
        statement -> {
          bindRun(statement, 1, backfill);
          return Rows.any(statement);
        });
  }

  /// Notes that more periods are filled; empty if another works on it.
  ///
  /// @param more how many
  /// @param until the start of the oldest of them
  @Transactional
  Optional<Backfill> advance(Backfill backfill, int more, Instant until) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.budget_backfills
        SET filled = filled + ?, until_time = ?
        WHERE workspace_id = ? AND budget_id = ? AND run_id = ?
        RETURNING %s
        """
            .formatted(COLUMNS),
        statement -> {
          Statements.bind(statement, more, until);
          bindRun(statement, 3, backfill);
          return readOne(statement);
        });
  }

  /// Ends one, unless another works on it.
  @Transactional
  void finish(Backfill backfill) {
    jdbc.prepareStatement(
        "DELETE FROM stipend.budget_backfills"
            + " WHERE workspace_id = ? AND budget_id = ? AND run_id = ?",
        statement -> {
          bindRun(statement, 1, backfill);
          return statement.executeUpdate();
        });
  }

  /// Those of the budgets that are not filled yet, by the budget's id.
  @Transactional
  Map<UUID, Backfill> of(UUID workspace, Collection<UUID> budgets) {
    return jdbc.prepareStatement(
        "SELECT %s FROM stipend.budget_backfills WHERE workspace_id = ? AND budget_id = ANY (?)"
            .formatted(COLUMNS),
        statement -> {
          statement.setObject(1, workspace);
          new ArrayBinder<>(statement, 2, List.copyOf(budgets)).uuids(id -> id);
          Map<UUID, Backfill> found = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              Backfill backfill = read(row);
              found.put(backfill.budgetId(), backfill);
            }
          }
          return found;
        });
  }

  private static void bindRun(PreparedStatement statement, int first, Backfill backfill)
      throws SQLException {
    statement.setObject(first, backfill.workspaceId());
    statement.setObject(first + 1, backfill.budgetId());
    statement.setObject(first + 2, backfill.runId());
  }

  private static Optional<Backfill> readOne(PreparedStatement statement) throws SQLException {
    return Rows.first(statement, row -> read(row));
  }

  private static Backfill read(ResultSet row) throws SQLException {
    return new Backfill(
        row.getObject("workspace_id", UUID.class),
        row.getObject("budget_id", UUID.class),
        row.getObject("run_id", UUID.class),
        row.getInt("periods"),
        row.getInt("filled"),
        Instants.readOptional(row, "until_time"),
        row.getBoolean("remaining"));
  }
}
