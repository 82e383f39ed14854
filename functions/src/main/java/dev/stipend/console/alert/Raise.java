package dev.stipend.console.alert;

import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.EditOutcome;
import dev.stipend.budget.edit.IncreaseRequest;
import dev.stipend.budget.edit.LimitIncrease;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.tenant.Caller;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Raises the limit that an alert is about until its period ends.
final class Raise {
  static final String AMOUNT = "amount";
  static final String REASON = "reason";

  private Raise() {}

  /// When it would end; empty where it cannot be raised: the alert's period is over or never ends,
  /// the budget is not active, or it belongs to an application.
  static Optional<Instant> until(AlertRecord alert, Budget budget, Instant now) {
    return LimitIncrease.reset(budget, now)
        .filter(end -> end.equals(alert.period().end()))
        .filter(end -> budget.status() == BudgetStatus.ACTIVE && budget.owner().isEmpty());
  }

  /// Reads the form.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  static BudgetEdit of(
      Map<String, String> form, AlertRecord alert, Budget budget, Caller caller, Instant now) {
    if (until(alert, budget, now).isEmpty()) {
      throw refused();
    }
    Map<String, String> sent = new HashMap<>();
    for (String name : List.of(AMOUNT, REASON)) {
      Optional.ofNullable(form.get(name))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> sent.put(name, text));
    }
    if (budget.isEach()) {
      sent.put("subject", alert.subject());
    }
    IncreaseRequest asked = IncreaseRequest.read(sent, budget, now);
    return new BudgetEdit(
        budget.workspaceId(),
        budget.id(),
        version -> true,
        caller.actor(),
        "budget.increase",
        Optional.of(asked.reason()),
        asked.increase());
  }

  /// Ends the request where it was not raised.
  static void check(EditOutcome outcome) {
    switch (outcome) {
      case EditOutcome.Edited edited -> {}
      case EditOutcome.Unchanged unchanged -> {}
      case EditOutcome.Missing missing -> throw AlertFormController.missing();
      case EditOutcome.Owned owned -> throw refused();
      case EditOutcome.Archived archived -> throw refused();
      case EditOutcome.Stale stale -> throw refused();
    }
  }

  private static ConsoleProblem refused() {
    return new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, "alerts.no-raise.detail");
  }
}
