package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Increase;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetTerms;
import dev.stipend.http.Until;
import dev.stipend.money.AmountOutOfRangeException;
import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request that raises a limit for a time.
///
/// @param amount what is added to the limit
/// @param limit what replaces it; either this or `amount` is there
/// @param subject whose limit, of a budget that counts each id apart; empty for that of all
/// @param until when the increase ends
/// @param reason why it is asked for
record IncreaseRequest(
    Optional<Money> amount,
    Optional<Money> limit,
    Optional<String> subject,
    Instant until,
    String reason)
    implements BudgetEdit.Change {
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_ID = 200;

  /// More of a budget's subjects than are anybody's exceptions.
  private static final int MOST_SUBJECTS = 1000;

  /// Reads every field, and checks them together.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  static IncreaseRequest read(@Nullable Object json, Budget budget, Instant now) {
    JsonFields fields = JsonFields.of(json);
    fields.require("reason");
    boolean byAmount = fields.any("amount").isPresent();
    if (byAmount == fields.any("limitAmount").isPresent()) {
      fields.error(
          "amount",
          byAmount ? "must not be given together with limitAmount" : "or limitAmount is required");
    }
    Optional<Money> amount = fields.money("amount");
    if (amount.filter(Money::isPositive).isEmpty() && amount.isPresent()) {
      fields.error("amount", "must be above 0");
    }
    IncreaseRequest request =
        new IncreaseRequest(
            amount,
            fields.money("limitAmount"),
            subject(fields, budget),
            until(fields, budget, now),
            fields.text("reason", LONGEST_REASON).orElse(""));
    fields.refuseUnknown();
    fields.check();
    return request;
  }

  /// A budget with one subject has no other.
  private static Optional<String> subject(JsonFields fields, Budget budget) {
    Optional<String> subject = fields.text("subject", LONGEST_ID);
    if (budget.isEach()) {
      return subject;
    }
    if (subject.filter(id -> !id.equals(budget.scopeId())).isPresent()) {
      fields.error("subject", "must be left out, or be " + budget.scopeId());
    }
    return Optional.empty();
  }

  private static Instant until(JsonFields fields, Budget budget, Instant now) {
    if (fields.any(Until.FIELD).isPresent()) {
      return Until.future(fields, budget.cadence().zone(), now).orElse(now);
    }
    Optional<Instant> end =
        budget
            .cadence()
            .periodAt(now)
            .map(Period::end)
            .filter(reset -> reset.isBefore(Period.FOREVER));
    if (end.isEmpty()) {
      fields.error(Until.FIELD, "is required: the budget has no period that ends");
    }
    return end.orElse(now);
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
