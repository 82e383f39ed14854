package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Increase;
import dev.stipend.platform.json.InvalidJsonException;
import java.time.Instant;
import java.util.Optional;

/// Ends an increase before its time. Where none runs, nothing changes.
///
/// @param subject whose increase, of a budget that counts each id apart; empty for that of all
public record IncreaseEnd(Optional<String> subject, Instant now) implements BudgetEdit.Change {
  /// What the audit log calls it.
  public static final String ACTION = "budget.increase-undo";

  /// Whose increase somebody means: a budget with one subject has no other.
  ///
  /// @throws InvalidJsonException if it has another subject than the one that is named
  public static IncreaseEnd of(Budget budget, Optional<String> subject, Instant now) {
    if (budget.isEach()) {
      return new IncreaseEnd(subject, now);
    }
    if (subject.filter(id -> !id.equals(budget.scopeId())).isPresent()) {
      throw new InvalidJsonException("subject", "must be left out, or be " + budget.scopeId());
    }
    return new IncreaseEnd(Optional.empty(), now);
  }

  @Override
  public BudgetTerms of(Budget budget, BudgetTerms terms) {
    return subject
        .map(
            id ->
                runs(Optional.ofNullable(terms.subjectIncreases().get(id)))
                    ? terms.withoutIncreaseOf(id)
                    : terms)
        .orElseGet(() -> runs(terms.increase()) ? terms.withIncrease(Optional.empty()) : terms);
  }

  private boolean runs(Optional<Increase> increase) {
    return increase.filter(higher -> now.isBefore(higher.until())).isPresent();
  }
}
