package dev.stipend.alert.evaluation;

import dev.stipend.alert.LoggedAlert;
import dev.stipend.budget.Budget;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All that an evaluation of a counter looks at.
///
/// @param budget whose counter it is
/// @param counter how it stands
/// @param alerts all alerts that this counter has had, open and closed
/// @param hasCeiling whether usage without a price counts at the workspace's ceiling price
/// @param forecast what is foreseen of it; empty where nobody looked, and then no alert about that
///     changes
public record EvaluationInput(
    Budget budget,
    BudgetPeriod counter,
    List<LoggedAlert> alerts,
    boolean hasCeiling,
    Optional<PeriodForecast> forecast) {
  public EvaluationInput {
    alerts = List.copyOf(alerts);
  }

  /// Whose it is.
  BudgetInPeriod about() {
    return new BudgetInPeriod(budget, counter);
  }

  /// Whether an alert is open that only a look at what is foreseen can change.
  boolean isForeseenOpen() {
    return alerts.stream().anyMatch(alert -> alert.isOpen() && alert.type().looksAhead());
  }

  /// The latest alert that people may have heard of.
  public Optional<LoggedAlert> lastAnnounced() {
    return alerts.stream()
        .filter(alert -> alert.heldUntil().isEmpty() && !alert.isUnannounced())
        .max(Comparator.comparing(LoggedAlert::raisedAt).thenComparing(LoggedAlert::threshold));
  }

  /// The alerts that opened and were over while they were held back, since people last heard
  /// anything of the counter; oldest first.
  public List<LoggedAlert> missed() {
    Instant lastNews =
        alerts.stream()
            .filter(alert -> alert.heldUntil().isEmpty())
            .map(LoggedAlert::lastNews)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return alerts.stream()
        .filter(alert -> alert.wasMissed() && alert.raisedAt().isAfter(lastNews))
        .sorted(Comparator.comparing(LoggedAlert::raisedAt))
        .toList();
  }
}
