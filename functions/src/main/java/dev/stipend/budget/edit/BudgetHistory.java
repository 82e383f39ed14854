package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The versions of budgets: what was edited by whom, and when. Every version has an entry in the
/// audit log too.
@Singleton
public class BudgetHistory {
  private final AuditLog audit;
  private final JdbcOperations jdbc;
  private final JsonText json;

  BudgetHistory(AuditLog audit, JdbcOperations jdbc, JsonText json) {
    this.audit = audit;
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Writes the first version of a budget, in the transaction that creates it.
  void begin(Budget created, List<UUID> channels, String actor, Instant now) {
    Map<String, Object> terms = BudgetTerms.of(created, channels).shown();
    insert(created, actor, null, json.write(terms), now);
    audit(created, actor, "budget.create", Optional.empty(), terms, now);
  }

  /// Writes a version, in the transaction of the edit.
  void write(BudgetEdit edit, Budget after, BudgetTerms old, BudgetTerms terms, Instant now) {
    String before = json.write(old.shown());
    insert(after, edit.actor(), before, json.write(terms.shown()), now);
    Map<String, Object> told = new LinkedHashMap<>(terms.shown());
    edit.reason().ifPresent(reason -> told.put("reason", reason));
    audit(after, edit.actor(), edit.action(), Optional.of(before), told, now);
  }

  /// A page of the versions of a budget, newest first.
  ///
  /// @param before only versions below this one
  @Transactional
  public List<BudgetVersion> page(UUID workspace, UUID budget, int before, int limit) {
    return Sql.list(
        jdbc,
        """
        SELECT version, before, after, actor, at
        FROM stipend.budget_versions
        WHERE workspace_id = ?
          AND budget_id = ?
          AND version < ?
        ORDER BY version DESC
        LIMIT ?
        """,
        row -> version(row),
        workspace,
        budget,
        before,
        limit);
  }

  private void audit(
      Budget budget,
      String actor,
      String action,
      Optional<String> before,
      Map<String, Object> after,
      Instant now) {
    AuditEvent deed =
        new AuditEvent(
            actor, action, "budget " + budget.id(), before, Optional.of(json.write(after)));
    audit.write(budget.workspaceId(), deed, now);
  }

  private void insert(
      Budget budget, String actor, @Nullable String before, String after, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.budget_versions (workspace_id, budget_id, version, before, after, actor, at)
        VALUES (?, ?, ?, CAST(? AS jsonb), CAST(? AS jsonb), ?, ?)
        """,
        budget.workspaceId(),
        budget.id(),
        budget.version(),
        before,
        after,
        actor,
        now);
  }

  private static BudgetVersion version(ResultSet row) throws SQLException {
    return new BudgetVersion(
        row.getInt("version"),
        row.getString("actor"),
        Instants.read(row, "at"),
        Optional.ofNullable(row.getString("before")).map(BudgetHistory::fields),
        fields(row.getString("after")));
  }

  private static Map<String, Object> fields(String text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (ExactJson.parse(text) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> fields.put(String.valueOf(name), value));
    }
    return fields;
  }
}
