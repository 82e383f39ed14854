package dev.stipend.budget.period;

import dev.stipend.budget.Scope;

/// How the subjects of all budgets of a scope read as SQL over rows `u` that have the columns of
/// the ledger.
///
/// @param join what must stand after the table, for labels
/// @param subject the expression of the subject that a row counts for; empty text where for none
/// @param eachId the scope id of budgets that count each of some subjects, this one among them
/// @param onlyInLedger whether rows must have the column of labels, which only the ledger has
public record ScopeSubjects(String join, String subject, String eachId, boolean onlyInLedger) {
  private static final String EACH = "'" + Scope.EACH + "'";

  /// The subjects that a scope has.
  ///
  /// @param workspace its slug, which has no quotes
  public static ScopeSubjects of(Scope scope, String workspace) {
    return switch (scope) {
      case WORKSPACE -> column("CAST('" + workspace.replace("'", "''") + "' AS text)");
      case USER -> column("u.user_id");
      case TEAM -> column("u.team_id");
      case AGENT -> column("u.agent_id");
      case WORKFLOW -> column("u.workflow_id");
      case PROVIDER -> column("u.provider");
      case MODEL -> column("u.model");
      case TAG ->
          new ScopeSubjects(
              "CROSS JOIN LATERAL jsonb_each_text(u.tags) AS tag (key, value)",
              "tag.key || '=' || tag.value",
              "tag.key || '=*'",
              true);
    };
  }

  private static ScopeSubjects column(String column) {
    return new ScopeSubjects("", column, EACH, false);
  }
}
