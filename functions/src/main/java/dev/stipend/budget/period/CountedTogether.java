package dev.stipend.budget.period;

import dev.stipend.budget.Scope;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.UUID;

/// What counters have in common that one reading answers for. Which ids a budget stands for does
/// not matter: a counter's subject is one of them.
///
/// @param from the first instant that counts: the period's start, or a later one where the budgets
///     begin to count in the middle of it
public record CountedTogether(UUID workspace, Scope scope, Period period, Instant from) {
  public static CountedTogether of(BudgetInPeriod of) {
    Period period = of.counter().period();
    Instant countsFrom = of.budget().countsFrom();
    return new CountedTogether(
        of.budget().workspaceId(),
        of.budget().scope(),
        period,
        countsFrom.isAfter(period.start()) ? countsFrom : period.start());
  }
}
