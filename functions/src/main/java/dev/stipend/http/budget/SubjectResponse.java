package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Increase;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/// What one subject of a budget has spent in the current period.
///
/// @param held what reservations hold of it
/// @param limitAmount the limit in force for it
/// @param percentUsed spend in percent of the limit, one decimal, rounded down
/// @param increasedUntil when its own higher limit ends; absent where it has none
/// @param dataAsOf when it last changed
@Serdeable
record SubjectResponse(
    String subject,
    Money spend,
    Money held,
    Money limitAmount,
    BigDecimal percentUsed,
    long requests,
    long unpriced,
    Optional<Instant> increasedUntil,
    Instant dataAsOf) {
  static SubjectResponse of(Budget budget, BudgetPeriod counter, Instant now) {
    String subject = counter.key().subject();
    Money limit = counter.limitOf(budget, now);
    return new SubjectResponse(
        subject,
        counter.spend(),
        counter.held(),
        limit,
        counter.spend().percentOf(limit),
        counter.requests(),
        counter.unpriced(),
        Optional.ofNullable(budget.subjectIncreases().get(subject))
            .map(Increase::until)
            .filter(now::isBefore),
        counter.dataAsOf());
  }
}
