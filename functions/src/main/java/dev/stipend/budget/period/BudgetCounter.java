package dev.stipend.budget.period;

import dev.stipend.budget.Budget;

/// A counter with the budget whose it is.
public record BudgetCounter(Budget budget, Counter counter) {}
