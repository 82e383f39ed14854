package dev.stipend.notification.review;

import dev.stipend.budget.Budget;
import dev.stipend.money.Money;
import java.util.Optional;

/// What an alert is about, as it is now.
///
/// @param budget its budget; empty if this release cannot read it
/// @param budgetName what people call the budget
/// @param spend of the alert's period
/// @param limit of the alert's period, the one now in force while it runs
public record AlertContext(Optional<Budget> budget, String budgetName, Money spend, Money limit) {}
