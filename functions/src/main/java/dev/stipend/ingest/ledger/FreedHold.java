package dev.stipend.ingest.ledger;

import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.util.UUID;

/// A hold on a budget's headroom that ends when what it was held for is recorded.
///
/// @param budgetId the budget
/// @param subject the scope id it was held for
/// @param period the period it was held in
/// @param amount what was held
public record FreedHold(UUID budgetId, String subject, Period period, Money amount) {}
