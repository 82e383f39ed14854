package dev.stipend.budget;

import dev.stipend.time.Period;
import java.util.UUID;

/// What counters have in common that one reading answers for. Which ids a budget stands for does
/// not matter: a counter's subject is one of them.
record CountedTogether(UUID workspace, Scope scope, Period period) {
  static CountedTogether of(BudgetCounter of) {
    return new CountedTogether(
        of.budget().workspaceId(), of.budget().scope(), of.counter().period());
  }
}
