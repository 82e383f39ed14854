package dev.stipend.budget;

/// A counter with the budget whose it is.
public record BudgetCounter(Budget budget, Counter counter) {}
