package dev.stipend.budget;

import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Finds the workspaces that have spent all they may: where a budget of the workspace itself with a
/// hard limit has reached it, every piece of work is refused.
@Singleton
public class BlockedParents {
  private final JdbcOperations jdbc;

  BlockedParents(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The budget that refuses all work of a workspace; the first by name where there are several.
  /// Workspaces without one are left out.
  @Transactional
  public Map<UUID, BlockedParent> find(Collection<UUID> workspaces, Instant now) {
    if (workspaces.isEmpty()) {
      return Map.of();
    }
    return jdbc.prepareStatement(
        """
        SELECT b.workspace_id, b.id, b.name, c.spend, l.in_force
        FROM stipend.budgets b
        CROSS JOIN LATERAL (
          SELECT %s AS in_force) l
        CROSS JOIN LATERAL (
          SELECT p.spend
          FROM stipend.budget_periods p
          WHERE p.workspace_id = b.workspace_id
            AND p.budget_id = b.id
            AND p.subject = b.scope_id
            AND p.period_start <= ?
            AND p.period_end > ?
          ORDER BY p.period_start DESC
          LIMIT 1) c
        WHERE b.workspace_id = ANY (?)
          AND b.scope = ?
          AND b.status = 'active'
          AND b.hard_limit
          AND c.spend > 0
          AND c.spend >= l.in_force
        ORDER BY b.name DESC, b.id
        """
            .formatted(BudgetRow.LIMIT_IN_FORCE),
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          statement.setObject(2, Instants.parameter(now));
          statement.setObject(3, Instants.parameter(now));
          statement.setArray(
              4, statement.getConnection().createArrayOf("uuid", workspaces.toArray()));
          statement.setString(5, Labels.of(Scope.WORKSPACE));
          Map<UUID, BlockedParent> blocked = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              blocked.put(
                  row.getObject("workspace_id", UUID.class),
                  new BlockedParent(
                      row.getObject("id", UUID.class),
                      row.getString("name"),
                      new Money(row.getBigDecimal("spend")),
                      new Money(row.getBigDecimal("in_force"))));
            }
          }
          return blocked;
        });
  }
}
