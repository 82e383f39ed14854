package dev.stipend.alert;

import dev.stipend.budget.BlockedParent;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCounter;
import dev.stipend.budget.Counter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// All that an evaluation of a counter looks at.
///
/// @param budget whose counter it is
/// @param counter how it stands
/// @param alerts all alerts that this counter has had, open and closed
/// @param parent the budget above it that refuses all work already, if one does
/// @param prospect what is foreseen of it; empty where nobody looked, and then no alert about that
///     changes
public record Situation(
    Budget budget,
    Counter counter,
    List<LoggedAlert> alerts,
    Optional<BlockedParent> parent,
    Optional<Prospect> prospect) {
  public Situation {
    alerts = List.copyOf(alerts);
    parent = parent.filter(blocked -> blocked.isAbove(budget));
  }

  /// Whose it is.
  BudgetCounter about() {
    return new BudgetCounter(budget, counter);
  }

  /// Whether an alert is open that only a look at what is foreseen can change.
  boolean isForeseenOpen() {
    return alerts.stream().anyMatch(alert -> alert.isOpen() && alert.type().looksAhead());
  }

  /// The alerts of higher lines that were open while an alert was, told or not.
  List<UUID> spokenForBy(LoggedAlert lower) {
    return alerts.stream().filter(alert -> alert.hasSpokenFor(lower)).map(LoggedAlert::id).toList();
  }

  /// The latest alert that people may have been told of.
  Optional<LoggedAlert> lastTold() {
    return alerts.stream()
        .filter(alert -> alert.toldAt().isPresent())
        .max(Comparator.comparing(LoggedAlert::spokeAt));
  }
}
