package dev.stipend.budget.period;

import dev.stipend.budget.Budget;

/// A counter with the budget whose it is.
public record BudgetInPeriod(Budget budget, BudgetPeriod counter) {}
