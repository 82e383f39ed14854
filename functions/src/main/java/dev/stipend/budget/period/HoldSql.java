package dev.stipend.budget.period;

/// How expired holds are found in SQL: where they are, so that nobody has to have taken them off
/// first, and by their budget, so that the holds of others cost nothing.
public final class HoldSql {
  private HoldSql() {}

  /// The expression of what the expired holds on a counter still take of it; null for none.
  ///
  /// `IS TRUE` keeps the planner from other indexes than the one of budgets' holds: while it took
  /// the table for small, it would find the primary key as good, and read every live hold.
  ///
  /// @param counter the alias of a row that has the columns of a counter's key
  /// @param at the instant, not a bare parameter: a plan that depended on its value would be made
  ///     anew every time, which takes longer than running it
  public static String expired(String counter, String at) {
    return """
    (SELECT sum(h.amount)
     FROM stipend.reservation_budgets h
     WHERE h.budget_id = %1$s.budget_id
       AND h.expires_at <= %2$s
       AND (h.workspace_id = %1$s.workspace_id
         AND h.subject = %1$s.subject
         AND h.period_start = %1$s.period_start) IS TRUE)
    """
        .formatted(counter, at);
  }
}
