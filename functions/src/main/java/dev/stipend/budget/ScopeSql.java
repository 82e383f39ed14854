package dev.stipend.budget;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// How a budget's scope reads as SQL over rows `u` that have the columns of the ledger.
///
/// @param join what must stand after the table, for labels
/// @param subject the expression of the subject that a row counts for
/// @param condition which rows count; has exactly one parameter
/// @param parameter its value
public record ScopeSql(String join, String subject, String condition, String parameter) {

  public static ScopeSql of(Budget budget) {
    String id = budget.scopeId();
    return switch (budget.scope()) {
      // Every row of the workspace counts; the parameter only gives the subject its name.
      case WORKSPACE -> new ScopeSql("", literal(id), "? <> ''", id);
      case USER -> column("u.user_id", budget);
      case TEAM -> column("u.team_id", budget);
      case AGENT -> column("u.agent_id", budget);
      case WORKFLOW -> column("u.workflow_id", budget);
      case PROVIDER -> column("u.provider", budget);
      case MODEL -> column("u.model", budget);
      case TAG -> tag(budget);
    };
  }

  public void bind(PreparedStatement statement, int position) throws SQLException {
    statement.setString(position, parameter);
  }

  /// Whether rows must have the column of labels, which only the ledger has.
  public boolean needsTags() {
    return !join.isEmpty();
  }

  private static ScopeSql column(String column, Budget budget) {
    String condition =
        budget.isEach() ? column + " <> '' AND ? = '" + Scope.EACH + "'" : column + " = ?";
    return new ScopeSql("", column, condition, budget.scopeId());
  }

  private static ScopeSql tag(Budget budget) {
    String id = budget.scopeId();
    String pair = "tag.key || '=' || tag.value";
    String join = "CROSS JOIN LATERAL jsonb_each_text(u.tags) AS tag (key, value)";
    if (id.equals(Scope.EACH)) {
      return new ScopeSql(join, pair, "? = '" + Scope.EACH + "'", id);
    }
    return budget.isEach()
        ? new ScopeSql(join, pair, "tag.key = ?", id.substring(0, id.lastIndexOf('=')))
        : new ScopeSql(join, pair, pair + " = ?", id);
  }

  /// Slugs have no quotes, by the check on their column.
  private static String literal(String slug) {
    return "CAST('" + slug.replace("'", "''") + "' AS text)";
  }
}
