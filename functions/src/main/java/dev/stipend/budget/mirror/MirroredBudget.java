package dev.stipend.budget.mirror;

import dev.stipend.money.Money;
import java.util.Optional;
import java.util.UUID;

/// What is known of a row of an application that limits spend.
///
/// @param table of the application
/// @param id of the row
/// @param said what it said when it was last followed
/// @param budgetId the budget that it is; empty where it is none
/// @param reason why it is none; empty where it is one
/// @param told the spend that the application was last told
public record MirroredBudget(
    String table,
    String id,
    String said,
    Optional<UUID> budgetId,
    Optional<String> reason,
    Optional<Money> told) {}
