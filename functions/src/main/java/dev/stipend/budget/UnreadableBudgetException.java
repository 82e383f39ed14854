package dev.stipend.budget;

import dev.stipend.platform.isolation.NamesCulprits;
import dev.stipend.platform.isolation.WorkItem;
import java.util.List;
import java.util.stream.Collectors;

/// Budgets are needed that this release cannot read.
public final class UnreadableBudgetException extends RuntimeException implements NamesCulprits {
  private static final long serialVersionUID = 1L;

  private final transient List<WorkItem> culprits;

  UnreadableBudgetException(List<UnreadableBudget> budgets) {
    super(budgets.stream().map(UnreadableBudget::toString).collect(Collectors.joining("; ")));
    culprits = budgets.stream().map(UnreadableBudget::item).toList();
  }

  @Override
  public List<WorkItem> culprits() {
    return culprits;
  }
}
