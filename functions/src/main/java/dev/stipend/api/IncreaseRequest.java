package dev.stipend.api;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetEdit;
import dev.stipend.budget.BudgetTerms;
import dev.stipend.budget.Increase;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.json.JsonFields;
import dev.stipend.money.AmountOutOfRangeException;
import dev.stipend.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request that raises a limit for a time.
///
/// @param amount what is added to the limit
/// @param limit what replaces it; either this or `amount` is there
/// @param until when the increase ends
/// @param reason why it is asked for
record IncreaseRequest(Optional<Money> amount, Optional<Money> limit, Instant until, String reason)
    implements BudgetEdit.Change {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_REASON = 500;

  /// Reads every field, and checks them together.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  static IncreaseRequest read(@Nullable Object json, Instant now) {
    JsonFields fields = JsonFields.of(json);
    fields.require("until");
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
    Optional<Instant> until = fields.instant("until").map(at -> at.truncatedTo(ChronoUnit.MICROS));
    if (until.filter(at -> !at.isAfter(now) || at.isAfter(now.plus(LONGEST))).isPresent()) {
      fields.error(
          "until", "must be in the future, at most %d days ahead".formatted(LONGEST.toDays()));
    }
    IncreaseRequest request =
        new IncreaseRequest(
            amount,
            fields.money("limitAmount"),
            until.orElse(now),
            fields.text("reason", LONGEST_REASON).orElse(""));
    fields.refuseUnknown();
    fields.check();
    return request;
  }

  @Override
  public BudgetTerms of(Budget budget, BudgetTerms terms) {
    Money raised = limit.orElseGet(() -> plusAmount(terms.limit()));
    if (raised.compareTo(terms.limit()) <= 0) {
      throw new InvalidJsonException(
          "limitAmount", "must be above the budget's limit, which is " + terms.limit());
    }
    return terms.withIncrease(Optional.of(new Increase(raised, until)));
  }

  private Money plusAmount(Money base) {
    try {
      return Money.of(base.plus(amount.orElse(Money.ZERO)).amount());
    } catch (AmountOutOfRangeException tooMuch) {
      throw new InvalidJsonException(
          "amount", "is too much: the limit with it " + tooMuch.getMessage());
    }
  }
}
