package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Until;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads how a limit is to be raised for a time, whatever door asks.
///
/// @param reason why it is asked for
public record IncreaseRequest(LimitIncrease increase, String reason) {
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_ID = 200;

  /// Reads every field, and checks them together.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  public static IncreaseRequest read(@Nullable Object json, Budget budget, Instant now) {
    JsonFields fields = JsonFields.of(json);
    fields.require("reason");
    boolean byAmount = fields.any("amount").isPresent();
    if (byAmount == fields.any("limitAmount").isPresent()) {
      fields.error(
          "amount",
          byAmount ? "must not be given together with limitAmount" : "or limitAmount is required");
    }
    Optional<Money> amount = LimitIncrease.amount(fields, "amount");
    IncreaseRequest request =
        new IncreaseRequest(
            new LimitIncrease(
                amount,
                fields.money("limitAmount"),
                subject(fields, budget),
                until(fields, budget, now)),
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
    Optional<Instant> end = LimitIncrease.reset(budget, now);
    if (end.isEmpty()) {
      fields.error(Until.FIELD, "is required: the budget has no period that ends");
    }
    return end.orElse(now);
  }
}
