package dev.stipend.budget.backfill;

import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.util.UUID;

/// By how much a counter is less than what is recorded; more where figures are negative.
///
/// Recording changes both by the same, in one transaction, so this stays true whatever is recorded
/// meanwhile, until somebody adds it to the counter.
///
/// @param version of the budget as it was compared
/// @param name the counter's key in words
public record CounterDrift(
    UUID budgetId,
    int version,
    String subject,
    Period period,
    BigDecimal spend,
    long requests,
    long unpriced,
    String name) {}
