package dev.stipend.client;

import java.math.BigDecimal;
import java.util.UUID;

/// The work would exceed a hard limit, and must not be done. Nothing is held for it. Where several
/// budgets refuse, this is the first; the message tells of it in words.
public final class BudgetExceededException extends StipendException {
  private final UUID decisionId;
  private final UUID budgetId;
  private final String budgetName;
  private final BigDecimal limitAmount;
  private final BigDecimal currentSpend;
  private final BigDecimal estimatedCost;

  BudgetExceededException(int status, Wire.Fields denial) {
    super(status, denial.text("detail").orElse("A budget would be exceeded"));
    decisionId = denial.id("decisionId").orElseThrow();
    budgetId = denial.id("budgetId").orElseThrow();
    budgetName = denial.text("budgetName").orElseThrow();
    limitAmount = denial.money("limitAmount").orElseThrow();
    currentSpend = denial.money("currentSpend").orElseThrow();
    estimatedCost = denial.money("estimatedCost").orElseThrow();
  }

  /// Names the refusal in the audit log.
  public UUID decisionId() {
    return decisionId;
  }

  /// The budget that refuses.
  public UUID budgetId() {
    return budgetId;
  }

  /// What its owners call it.
  public String budgetName() {
    return budgetName;
  }

  /// Its limit in force.
  public BigDecimal limitAmount() {
    return limitAmount;
  }

  /// What is spent of it in the current period, without what other work holds.
  public BigDecimal currentSpend() {
    return currentSpend;
  }

  /// What the work would have cost at most.
  public BigDecimal estimatedCost() {
    return estimatedCost;
  }
}
