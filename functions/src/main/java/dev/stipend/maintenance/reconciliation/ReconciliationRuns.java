package dev.stipend.maintenance.reconciliation;

import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import dev.stipend.tenant.Workspace;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How far the comparison of each workspace has come.
///
/// Whoever goes on with one takes it over; who had it before finds so when changing anything, and
/// stops. No lease has to end first.
@Singleton
public class ReconciliationRuns {
  private final Reconciliation days;
  private final ReconciledEnds ends;
  private final RowIds ids;
  private final JdbcOperations jdbc;

  ReconciliationRuns(Reconciliation days, ReconciledEnds ends, RowIds ids, JdbcOperations jdbc) {
    this.days = days;
    this.ends = ends;
    this.ids = ids;
    this.jdbc = jdbc;
  }

  /// A comparison of a workspace.
  ///
  /// @param id of the run that continues it
  /// @param startedAt what had changed by then is compared
  /// @param position the last unit that was compared; empty while days are
  record Run(UUID workspaceId, UUID id, Instant startedAt, String position) {
    boolean comparesDays() {
      return position.isEmpty();
    }
  }

  /// Goes on with the comparison that is not finished, or begins one.
  @Transactional
  Run begin(UUID workspace, Instant now) {
    lock(workspace);
    UUID id = ids.next();
    Optional<Run> unfinished = resume(workspace, id);
    if (unfinished.isPresent()) {
      return unfinished.get();
    }
    days.begin(workspace, now);
    ends.refresh(workspace);
    return start(workspace, id, now);
  }

  /// The workspaces in the order in which they take their turns: those first that have waited
  /// longest.
  @Transactional
  public List<Workspace> inTurn(List<Workspace> workspaces) {
    Map<UUID, Instant> last = new HashMap<>();
    jdbc.prepareStatement(
        """
        SELECT workspace_id, coalesce(finished_at, started_at) AS last
        FROM stipend.reconciliations
        """,
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              last.put(row.getObject("workspace_id", UUID.class), Instants.read(row, "last"));
            }
          }
          return last;
        });
    return workspaces.stream()
        .sorted(Comparator.comparing(workspace -> last.getOrDefault(workspace.id(), Instant.EPOCH)))
        .toList();
  }

  /// Has everything be compared again, whatever is known.
  @Transactional
  void forget(UUID workspace) {
    lock(workspace);
    days.forget(workspace);
    ends.forget(workspace);
    Sql.update(jdbc, "DELETE FROM stipend.reconciliations WHERE workspace_id = ?", workspace);
  }

  /// Stops the run that continues a comparison. The next run resumes it.
  void interrupt(UUID workspace) {
    Sql.update(
        jdbc,
        "UPDATE stipend.reconciliations SET run_id = ? WHERE workspace_id = ?",
        ids.next(),
        workspace);
  }

  /// Keeps a run from being taken over until the caller's transaction ends. Answers whether it had
  /// not been.
  boolean hold(Run run) {
    return Sql.any(
        jdbc,
        """
        SELECT
        FROM stipend.reconciliations
        WHERE workspace_id = ?
          AND run_id = ?
        FOR UPDATE
        """,
        run.workspaceId(),
        run.id());
  }

  /// Notes the last unit that was compared. Answers whether the run had not been taken over.
  @Transactional
  boolean advance(Run run, String position) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.reconciliations
        SET position = ?
        WHERE workspace_id = ?
          AND run_id = ?
        """,
        statement -> {
          Statements.bind(statement, position, run.workspaceId(), run.id());
          return statement.executeUpdate() == 1;
        });
  }

  /// Remembers that all was compared that had changed when the run began.
  @Transactional
  void finish(Run run, Instant now) {
    lock(run.workspaceId());
    if (!hold(run)) {
      return;
    }
    days.markChecked(run.workspaceId(), run.startedAt());
    ends.remember(run.workspaceId());
    Sql.update(
        jdbc,
        "UPDATE stipend.reconciliations SET finished_at = ? WHERE workspace_id = ?",
        now,
        run.workspaceId());
  }

  /// The state of a workspace is in several tables: a change of more than one is made
  /// alone.
  private void lock(UUID workspace) {
    jdbc.prepareStatement(
        "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
        statement -> {
          statement.setString(1, "stipend.reconciliation:" + workspace);
          return statement.execute();
        });
  }

  private Optional<Run> resume(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        """
        UPDATE stipend.reconciliations
        SET run_id = ?
        WHERE workspace_id = ?
          AND finished_at IS NULL
        RETURNING started_at, position
        """,
        statement -> {
          Statements.bind(statement, id, workspace);
          return read(statement, workspace, id);
        });
  }

  private Run start(UUID workspace, UUID id, Instant now) {
    return jdbc.prepareStatement(
            """
            INSERT INTO stipend.reconciliations (workspace_id, run_id, started_at)
            VALUES (?, ?, ?)
            ON CONFLICT (workspace_id) DO UPDATE
            SET run_id = EXCLUDED.run_id, started_at = EXCLUDED.started_at, position = '', finished_at = NULL
            RETURNING started_at, position
            """,
            statement -> {
              Statements.bind(statement, workspace, id, now);
              return read(statement, workspace, id);
            })
        .orElseThrow();
  }

  private static Optional<Run> read(PreparedStatement statement, UUID workspace, UUID id)
      throws SQLException {
    return Rows.first(
        statement,
        row -> new Run(workspace, id, Instants.read(row, "started_at"), row.getString("position")));
  }
}
