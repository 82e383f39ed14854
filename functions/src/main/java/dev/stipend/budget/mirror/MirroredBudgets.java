package dev.stipend.budget.mirror;

import dev.stipend.ingest.source.SpendSource;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of `mirrored_budgets`.
@Singleton
public class MirroredBudgets {
  private final JdbcOperations jdbc;

  MirroredBudgets(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// How many rows of a source are known.
  ///
  /// @param budgets those that are budgets
  /// @param others those that are none
  public record Counts(long budgets, long others) {
    public static final Counts NONE = new Counts(0, 0);
  }

  /// All rows of a source that are known.
  @Transactional
  public List<MirroredBudget> all(SpendSource source) {
    return page(source, "", "", Integer.MAX_VALUE);
  }

  /// Rows of a source that are known, in the order of their tables and ids.
  ///
  /// @param afterTable only those behind this one
  @Transactional
  public List<MirroredBudget> page(
      SpendSource source, String afterTable, String afterId, int most) {
    return Sql.list(
        jdbc,
        """
        SELECT host_table, host_id, said, budget_id, reason, told_spend
        FROM stipend.mirrored_budgets
        WHERE workspace_id = ? AND source_id = ? AND (host_table, host_id) > (?, ?)
        ORDER BY host_table, host_id
        LIMIT ?
        """,
        MirroredBudgets::read,
        source.workspaceId(),
        source.id(),
        afterTable,
        afterId,
        most);
  }

  private static MirroredBudget read(ResultSet row) throws SQLException {
    return new MirroredBudget(
        row.getString("host_table"),
        row.getString("host_id"),
        row.getString("said"),
        Optional.ofNullable(row.getObject("budget_id", UUID.class)),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getBigDecimal("told_spend")).map(Money::new));
  }

  /// How many rows are known of each source of a workspace.
  @Transactional
  public Map<UUID, Counts> counts(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT source_id, count(budget_id) AS budgets, count(reason) AS others
        FROM stipend.mirrored_budgets
        WHERE workspace_id = ?
        GROUP BY source_id
        """,
        statement -> {
          Statements.bind(statement, workspace);
          Map<UUID, Counts> counts = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              counts.put(
                  row.getObject("source_id", UUID.class),
                  new Counts(row.getLong("budgets"), row.getLong("others")));
            }
          }
          return counts;
        });
  }

  /// Notes what a row is, in the caller's transaction. Of two who note a new row at once, one
  /// fails.
  void put(SpendSource source, MirroredBudget row, boolean isNew) {
    if (isNew) {
      Sql.update(
          jdbc,
          """
          INSERT INTO stipend.mirrored_budgets (
            said, budget_id, reason, workspace_id, source_id, host_table, host_id)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          row.said(),
          row.budgetId().orElse(null),
          row.reason().orElse(null),
          source.workspaceId(),
          source.id(),
          row.table(),
          row.id());
    } else {
      Sql.update(
          jdbc,
          """
          UPDATE stipend.mirrored_budgets
          SET said = ?, told_spend = CASE WHEN budget_id = ? THEN told_spend END, budget_id = ?, reason = ?
          WHERE workspace_id = ? AND source_id = ? AND host_table = ? AND host_id = ?
          """,
          row.said(),
          row.budgetId().orElse(null),
          row.budgetId().orElse(null),
          row.reason().orElse(null),
          source.workspaceId(),
          source.id(),
          row.table(),
          row.id());
    }
  }

  /// Forgets a row, in the caller's transaction.
  void forget(SpendSource source, MirroredBudget row) {
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.mirrored_budgets
        WHERE workspace_id = ? AND source_id = ? AND host_table = ? AND host_id = ?
        """,
        source.workspaceId(),
        source.id(),
        row.table(),
        row.id());
  }

  /// Notes what the application was told.
  ///
  /// @param spendById by the ids of the table's rows
  @Transactional
  public void told(SpendSource source, String table, Map<String, Money> spendById) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.mirrored_budgets m
        SET told_spend = told.spend
        FROM unnest(?, ?) AS told (id, spend)
        WHERE m.workspace_id = ? AND m.source_id = ? AND m.host_table = ? AND m.host_id = told.id
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, List.copyOf(spendById.entrySet()))
              .texts(Map.Entry::getKey)
              .decimals(spend -> spend.getValue().amount());
          statement.setObject(3, source.workspaceId());
          statement.setObject(4, source.id());
          statement.setString(5, table);
          return statement.executeUpdate();
        });
  }

  /// Gives the budgets of a source its new name, in the transaction that renames it.
  public void rename(SpendSource source, String name) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.budgets b
        SET owner = ?
        FROM stipend.mirrored_budgets m
        WHERE m.workspace_id = ? AND m.source_id = ?
          AND b.workspace_id = m.workspace_id AND b.id = m.budget_id
        """,
        owner(name),
        source.workspaceId(),
        source.id());
  }

  /// Who edits the budgets of a source, which nobody renames or removes until this transaction
  /// ends; empty where it is removed.
  Optional<String> owner(SpendSource source) {
    return Sql.first(
        jdbc,
        """
        SELECT name
        FROM stipend.spend_sources
        WHERE workspace_id = ? AND id = ? AND removed_at IS NULL
        FOR SHARE
        """,
        row -> owner(row.getString("name")),
        source.workspaceId(),
        source.id());
  }

  /// Who edits the budgets of a source of this name.
  public static String owner(String source) {
    return "source:" + source;
  }
}
