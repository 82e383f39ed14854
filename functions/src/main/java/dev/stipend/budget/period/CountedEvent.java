package dev.stipend.budget.period;

import dev.stipend.money.Money;
import java.time.Instant;

/// A recorded event as a budget counts it.
///
/// @param subject the id that it counts for
/// @param at when it occurred
/// @param cost what it adds to the spend; negative for a refund, zero where its cost is not known
/// @param usage whether it was a request, which a hard limit could have refused; an adjustment
///     could not
/// @param unpriced what it adds to the events that nobody could price
public record CountedEvent(String subject, Instant at, Money cost, boolean usage, long unpriced) {}
