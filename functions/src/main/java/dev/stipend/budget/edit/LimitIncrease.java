package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Increase;
import dev.stipend.money.AmountOutOfRangeException;
import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;

/// Raises the limit of a budget for a time, or that of one of its subjects alone.
///
/// @param amount what is added to the limit
/// @param limit what replaces it; either this or `amount` is there
/// @param subject whose limit, of a budget that counts each id apart; empty for that of all
/// @param until when the increase ends
public record LimitIncrease(
    Optional<Money> amount, Optional<Money> limit, Optional<String> subject, Instant until)
    implements BudgetEdit.Change {
  /// More of a budget's subjects than are anybody's exceptions.
  private static final int MOST_SUBJECTS = 1000;

  /// When the current period of a budget ends; empty if it has none that ends.
  public static Optional<Instant> reset(Budget budget, Instant now) {
    return budget
        .cadence()
        .periodAt(now)
        .map(Period::end)
        .filter(reset -> reset.isBefore(Period.FOREVER));
  }

  /// Reads an amount to add, which is above 0; one that is wrong is noted.
  public static Optional<Money> amount(JsonFields fields, String name) {
    Optional<Money> amount = fields.money(name);
    if (amount.filter(Money::isPositive).isEmpty() && amount.isPresent()) {
      fields.error(name, "must be above 0");
    }
    return amount;
  }

  @Override
  public BudgetTerms of(Budget budget, BudgetTerms terms) {
    Money raised = limit.orElseGet(() -> plusAmount(terms.limit()));
    if (raised.compareTo(terms.limit()) <= 0) {
      throw new InvalidJsonException(
          "limitAmount", "must be above the budget's limit, which is " + terms.limit());
    }
    Increase increase = new Increase(raised, until);
    if (subject.isEmpty()) {
      return terms.withIncrease(Optional.of(increase));
    }
    if (terms.subjectIncreases().size() >= MOST_SUBJECTS
        && !terms.subjectIncreases().containsKey(subject.get())) {
      throw new InvalidJsonException(
          "subject",
          "is one too many: %d subjects have a raised limit already".formatted(MOST_SUBJECTS));
    }
    return terms.withIncrease(subject.get(), increase);
  }

  private Money plusAmount(Money base) {
    try {
      return Money.of(base.plus(amount.orElse(Money.ZERO)).amount());
    } catch (AmountOutOfRangeException tooMuch) {
      throw new InvalidJsonException(
          "amount", "is too large: the resulting limit " + tooMuch.getMessage());
    }
  }
}
