package dev.stipend.http.reservation;

import dev.stipend.enforcement.Decision;
import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Whether work may be done now.
///
/// @param verified false where the database did not answer, and every budget concerned is open then
/// @param estimatedCost what was decided about; absent where it could not be computed
/// @param maxOutputTokens how many tokens may be generated, where fewer than asked
/// @param budgetId the first budget that refuses, as are the next three
/// @param fits `now`, or where it is refused `later` or `never`; absent where it is not verified
/// @param detail why it is refused, and what may be done
/// @param budgets every budget that counts the work
@Serdeable
record ValidationResponse(
    boolean allowed,
    UUID decisionId,
    boolean verified,
    Optional<Money> estimatedCost,
    OptionalLong maxOutputTokens,
    Optional<UUID> budgetId,
    Optional<String> budgetName,
    Optional<Money> limitAmount,
    Optional<Money> currentSpend,
    Optional<String> fits,
    Optional<String> detail,
    List<ConsideredBudget> budgets) {
  static ValidationResponse allowed(Decision decision) {
    return new ValidationResponse(
        true,
        decision.id(),
        decision.verified(),
        Optional.of(decision.estimate().cost()).filter(cost -> decision.verified()),
        decision.estimate().maxOutputTokens(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("now").filter(fits -> decision.verified()),
        Optional.empty(),
        decision.budgets().stream().map(ConsideredBudget::admitting).toList());
  }
}
