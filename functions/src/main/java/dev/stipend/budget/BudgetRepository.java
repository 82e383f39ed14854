package dev.stipend.budget;

import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads budgets. What this release cannot read is never left out in silence: it is answered as
/// such, or refused with an exception that names it.
@Singleton
public class BudgetRepository {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetRepository.class);

  private final JdbcOperations jdbc;

  BudgetRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The budgets that count under any of the pairs.
  public List<StoredBudget> findByScope(UUID workspace, List<ScopePair> pairs) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT
            + """
            JOIN unnest(?, ?) AS pair (scope, scope_id)
              ON b.scope = pair.scope
             AND b.scope_id = pair.scope_id
            WHERE b.workspace_id = ?
              AND b.status <> 'archived'
            """,
        statement -> {
          new ArrayBinder<>(statement, 1, pairs)
              .texts(pair -> Labels.of(pair.scope()))
              .texts(ScopePair::scopeId);
          statement.setObject(3, workspace);
          return stored(statement);
        });
  }

  /// The budgets with these ids in these workspaces.
  ///
  /// @throws UnreadableBudgetException naming all that cannot be read
  public List<Budget> findAll(Collection<UUID> workspaces, Collection<UUID> ids) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT
            + """
            WHERE b.workspace_id = ANY (?)
              AND b.id = ANY (?)
            """,
        statement -> {
          Statements.bind(
              statement, Statements.array("uuid", workspaces), Statements.array("uuid", ids));
          return read(statement);
        });
  }

  /// A budget of a workspace.
  ///
  /// @throws UnreadableBudgetException if it cannot be read
  public Optional<Budget> find(UUID workspace, UUID id) {
    return readable(findStored(workspace, id).stream().toList()).stream().findFirst();
  }

  Optional<StoredBudget> findStored(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT + "WHERE b.workspace_id = ? AND b.id = ?",
        statement -> {
          Statements.bind(statement, workspace, id);
          return stored(statement).stream().findFirst();
        });
  }

  List<StoredBudget> findStored(UUID workspace, Collection<UUID> ids) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT + "WHERE b.workspace_id = ? AND b.id = ANY (?)",
        statement -> {
          Statements.bind(statement, workspace, Statements.array("uuid", ids));
          return stored(statement);
        });
  }

  /// A budget that nobody else may edit until this transaction ends. Its key stays free to be
  /// referred to: evaluations hold counters while they write alerts, and an edit waits for them.
  ///
  /// @throws UnreadableBudgetException if it cannot be read
  public Optional<Budget> lock(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT + "WHERE b.workspace_id = ? AND b.id = ? FOR NO KEY UPDATE OF b",
        statement -> {
          Statements.bind(statement, workspace, id);
          return read(statement).stream().findFirst();
        });
  }

  /// The channels that budgets name, by the budget's id, each list in the order of ids.
  public Map<UUID, List<UUID>> channelsOf(UUID workspace, Collection<UUID> ids) {
    return jdbc.prepareStatement(
        """
        SELECT budget_id, channel_id
        FROM stipend.budget_channels
        WHERE workspace_id = ?
          AND budget_id = ANY (?)
        """,
        statement -> {
          Statements.bind(statement, workspace, Statements.array("uuid", ids));
          Map<UUID, List<UUID>> channels = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              channels
                  .computeIfAbsent(row.getObject(1, UUID.class), budget -> new ArrayList<>())
                  .add(row.getObject(2, UUID.class));
            }
          }
          channels.values().forEach(named -> named.sort(null));
          return channels;
        });
  }

  /// The budgets of all workspaces of which an increase has ended and is not cleared, without what
  /// is set aside.
  @Transactional
  public List<StoredBudget> findIncreaseEnded(Instant now) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT
            + """
            WHERE (b.workspace_id, b.id) IN (
              SELECT workspace_id, id FROM stipend.budgets WHERE increased_until <= ?
              UNION
              SELECT workspace_id, budget_id FROM stipend.budget_increases WHERE until_time <= ?)
              AND b.status <> 'archived'
              AND
            """
            + SetAside.leavesOut(WorkItem.Kind.INCREASE, "b")
            + "AND "
            + SetAside.leavesOut(WorkItem.Kind.BUDGET, "b"),
        statement -> {
          Statements.bind(statement, now, now);
          return stored(statement);
        });
  }

  /// All budgets that count, of one workspace, in the order in which their counters are locked.
  /// Those that cannot be read are left out, and logged: their counters are made again once they
  /// can be.
  @Transactional
  List<Budget> findCounting(UUID workspace) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT + "WHERE b.workspace_id = ? AND b.status <> 'archived' ORDER BY b.id",
        statement -> {
          statement.setObject(1, workspace);
          List<Budget> counting = new ArrayList<>();
          for (StoredBudget each : stored(statement)) {
            switch (each) {
              case Budget budget -> counting.add(budget);
              case UnreadableBudget unreadable -> LOG.error("Skipped: {}", unreadable);
            }
          }
          return counting;
        });
  }

  /// A page of the budgets of a workspace, newest first, of those created before the last one of
  /// the page before.
  List<StoredBudget> page(UUID workspace, BudgetFilter filter, int limit) {
    return jdbc.prepareStatement(
        BudgetRow.SELECT
            + """
            WHERE b.workspace_id = ?
              AND CASE WHEN CAST(? AS text) IS NULL THEN b.status <> 'archived' ELSE b.status = ? END
              AND b.scope = coalesce(?, b.scope)
              AND b.scope_id = coalesce(?, b.scope_id)
              AND strpos(lower(b.name), lower(coalesce(?, ''))) > 0
              AND (b.created_at, b.id) < (?, ?)
            ORDER BY b.created_at DESC, b.id DESC
            LIMIT ?
            """,
        statement -> {
          statement.setObject(1, workspace);
          String status = filter.status().map(Labels::of).orElse(null);
          statement.setString(2, status);
          statement.setString(3, status);
          statement.setString(4, filter.scope().map(Labels::of).orElse(null));
          statement.setString(5, filter.scopeId().orElse(null));
          statement.setString(6, filter.nameContains().orElse(null));
          statement.setObject(7, Instants.parameter(filter.createdBefore()));
          statement.setObject(8, filter.idBefore());
          statement.setInt(9, limit);
          return stored(statement);
        });
  }

  private static List<Budget> read(PreparedStatement statement) throws SQLException {
    return readable(stored(statement));
  }

  private static List<Budget> readable(List<StoredBudget> stored) {
    List<Budget> budgets = new ArrayList<>();
    List<UnreadableBudget> others = new ArrayList<>();
    for (StoredBudget each : stored) {
      switch (each) {
        case Budget budget -> budgets.add(budget);
        case UnreadableBudget unreadable -> others.add(unreadable);
      }
    }
    if (!others.isEmpty()) {
      throw new UnreadableBudgetException(others);
    }
    return budgets;
  }

  private static List<StoredBudget> stored(PreparedStatement statement) throws SQLException {
    return Rows.list(statement, rows -> BudgetRow.read(rows));
  }
}
