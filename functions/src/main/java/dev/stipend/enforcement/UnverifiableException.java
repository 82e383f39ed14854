package dev.stipend.enforcement;

import dev.stipend.budget.UnverifiableBudget;

/// The database does not answer, or a budget cannot be read, and a budget that counts the work
/// refuses what it cannot verify.
public final class UnverifiableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnverifiableException() {
    super("A hard limit could not be verified, because the database does not answer.");
  }

  public UnverifiableException(UnverifiableBudget budget) {
    super(
        "The hard limit of budget %s (%s) cannot be verified: %s."
            .formatted(budget.name(), budget.id(), budget.reason()));
  }
}
