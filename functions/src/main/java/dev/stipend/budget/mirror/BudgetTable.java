package dev.stipend.budget.mirror;

import dev.stipend.ingest.source.SourcePreset;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A table of a known application whose rows are budgets. Its SQL names tables without a schema:
/// the session looks in that of the source.
///
/// @param name of the table
/// @param needs the columns that are read, by their table
/// @param page reads the rows behind an id, in the order of ids
/// @param spend the column that says what was spent
public record BudgetTable(String name, Map<String, List<String>> needs, String page, String spend) {
  private static final BudgetTable USERS =
      new BudgetTable(
          "users",
          Map.of(
              "users",
              List.of(
                  "id",
                  "username",
                  "timezone",
                  "monthly_budget_limit",
                  "budget_alert_enabled",
                  "budget_alert_threshold",
                  "is_active")),
          """
          SELECT id, username || ', monthly limit' AS name, id AS user_id, monthly_budget_limit AS limit_amount,
            CAST(NULL AS text) AS currency, 'monthly' AS period, timezone AS zone, CAST(NULL AS timestamptz) AS anchor,
            budget_alert_threshold AS warn_at, 100 AS critical_at, budget_alert_enabled AS alerts,
            FALSE AS hard_limit, is_active, CAST(NULL AS text) AS only
          FROM users
          WHERE id > ? AND monthly_budget_limit IS NOT NULL
          ORDER BY id
          LIMIT ?
          """,
          "current_month_spend");

  private static final BudgetTable USER_BUDGETS =
      new BudgetTable(
          "user_budgets",
          Map.of(
              "user_budgets",
              List.of(
                  "id",
                  "user_id",
                  "name",
                  "period_type",
                  "period_start",
                  "provider",
                  "model",
                  "limit_amount",
                  "currency",
                  "alert_threshold",
                  "critical_threshold",
                  "alert_enabled",
                  "hard_limit",
                  "is_active"),
              "users",
              List.of("id", "username", "timezone", "is_active")),
          """
          SELECT b.id, u.username || ', ' || b.name AS name, b.user_id, b.limit_amount, b.currency,
            b.period_type AS period, u.timezone AS zone, b.period_start AS anchor, b.alert_threshold AS warn_at,
            b.critical_threshold AS critical_at, b.alert_enabled AS alerts, b.hard_limit,
            b.is_active AND u.is_active AS is_active,
            nullif(concat_ws(' and ', 'provider ' || b.provider, 'model ' || b.model), '') AS only
          FROM user_budgets b
          JOIN users u ON u.id = b.user_id
          WHERE b.id > ?
          ORDER BY b.id
          LIMIT ?
          """,
          "current_spend");

  public BudgetTable {
    needs = Map.copyOf(needs);
  }

  /// Those of a known application; none where it keeps no budgets.
  public static List<BudgetTable> of(Optional<SourcePreset> preset) {
    return preset.filter(SourcePreset.AI_AGENT_SYSTEM::equals).isPresent()
        ? List.of(USERS, USER_BUDGETS)
        : List.of();
  }

  /// The rows behind an id.
  public List<HostBudget> page(Connection host, long after, int most) throws SQLException {
    try (PreparedStatement rows = host.prepareStatement(page)) {
      rows.setLong(1, after);
      rows.setInt(2, most);
      return Rows.list(rows, HostBudget::read);
    }
  }

  /// Says in rows what their budgets have spent; a column of the application holds no credit.
  /// Answers how many rows said something else.
  public int tell(Connection host, Map<String, Money> spendById) throws SQLException {
    List<String> ids = spendById.keySet().stream().sorted().toList();
    try (PreparedStatement update =
        host.prepareStatement(
            """
            UPDATE %1$s
            SET %2$s = greatest(told.spend, 0)
            FROM unnest(?, ?) AS told (id, spend)
            WHERE %1$s.id = told.id AND %1$s.%2$s <> greatest(told.spend, 0)
            """
                .formatted(name, spend))) {
      Statements.bind(
          update,
          Statements.array("bigint", ids.stream().map(Long::valueOf).toList()),
          Statements.array(
              "numeric", ids.stream().map(spendById::get).map(Money::amount).toList()));
      return update.executeUpdate();
    }
  }

  /// What a role needs to read the budgets of a known application.
  public static List<String> readingGrants(Optional<SourcePreset> preset) {
    Map<String, Set<String>> columns = new TreeMap<>();
    for (BudgetTable table : of(preset)) {
      table.needs.forEach(
          (name, needed) ->
              columns.computeIfAbsent(name, none -> new LinkedHashSet<>()).addAll(needed));
    }
    return columns.entrySet().stream()
        .map(
            need ->
                "GRANT SELECT (%s) ON %s"
                    .formatted(String.join(", ", need.getValue()), need.getKey()))
        .toList();
  }

  /// What a role needs to say in them what was spent.
  public static List<String> tellingGrants(Optional<SourcePreset> preset) {
    return of(preset).stream()
        .map(
            table ->
                "GRANT SELECT (id, %1$s), UPDATE (%1$s) ON %2$s".formatted(table.spend, table.name))
        .toList();
  }
}
