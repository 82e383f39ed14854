package dev.stipend.console.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.notification.channel.BudgetWarnings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says above a budget what was just done to it.
@Singleton
class NoticeWriter {
  private static final String SAVED = "saved";
  private static final Set<String> DEEDS =
      Set.of(SAVED, "raised", "lowered", "silenced", "heard", "paused", "resumed");

  private final BudgetWarnings warnings;

  NoticeWriter(BudgetWarnings warnings) {
    this.warnings = warnings;
  }

  /// @param deed as the address has it; others than those that are known say nothing
  Notices of(Budget budget, Optional<String> deed, ConsoleText text) {
    Optional<String> known = deed.filter(DEEDS::contains);
    return new Notices(
        known.map(each -> text.say("budget.done." + each)).orElse(""),
        known.filter(SAVED::equals).map(saved -> warnings.of(budget)).orElse(List.of()),
        budget.owner().isEmpty() && budget.status() != BudgetStatus.ARCHIVED);
  }
}
