package dev.stipend.report.board;

import dev.stipend.budget.Scope;
import java.util.Optional;

/// Which budgets to list, and how.
///
/// @param scope only these
/// @param state only these
/// @param nameContains only names with this text, in either case
/// @param after how many to pass over
/// @param most how many to list
public record BoardQuery(
    Optional<Scope> scope,
    Optional<BudgetState> state,
    Optional<String> nameContains,
    Order order,
    boolean descending,
    int after,
    int most) {
  /// By what budgets are put in order; those that are alike, by name.
  public enum Order {
    /// Worst state first, then closest to the limit.
    STATE("rank, share DESC", "rank DESC, share"),
    NAME("lower(name)", "lower(name) DESC"),
    USED("share", "share DESC"),
    SPEND("spend", "spend DESC"),
    LIMIT("limit_in_force", "limit_in_force DESC"),
    RESET("period_end NULLS LAST", "period_end DESC NULLS LAST");

    private final String ascending;
    private final String descending;

    Order(String ascending, String descending) {
      this.ascending = ascending;
      this.descending = descending;
    }

    /// Whether people want the greatest first.
    public boolean startsDescending() {
      return this == USED || this == SPEND || this == LIMIT;
    }

    String sql(boolean isDescending) {
      return (isDescending ? descending : ascending) + ", lower(name), id";
    }
  }

  /// Those that need attention first, so many of them.
  public static BoardQuery worst(int most) {
    return new BoardQuery(
        Optional.empty(), Optional.empty(), Optional.empty(), Order.STATE, false, 0, most);
  }
}
