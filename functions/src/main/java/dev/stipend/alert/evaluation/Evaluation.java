package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.alert.AlertType;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.Suppression;
import dev.stipend.alert.evaluation.AlertDecision.End;
import dev.stipend.alert.evaluation.AlertDecision.Raise;
import dev.stipend.alert.evaluation.AlertDecision.Resolve;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.platform.wording.Reason;
import dev.stipend.platform.wording.Reason.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Decides which alerts a counter's state asks for. Pure: the same snapshot at the same instant
/// gives the same decisions.
///
/// Every threshold has an alert of its own. That one message is better than two is decided when
/// they are sent, for each channel.
public final class Evaluation {
  private final Budget budget;
  private final List<LoggedAlert> alerts;
  private final ThresholdChecks lines;
  private final Instant now;

  private Evaluation(EvaluationInput input, Instant now) {
    this.budget = input.budget();
    this.alerts = input.alerts();
    this.lines = new ThresholdChecks(input, now);
    this.now = now;
  }

  /// The decisions for one counter.
  ///
  /// @param now the instant of evaluation
  public static List<AlertDecision> decide(EvaluationInput input, Instant now) {
    Budget budget = input.budget();
    BudgetPeriod counter = input.counter();
    Evaluation evaluation = new Evaluation(input, now);
    if (budget.status() == BudgetStatus.ARCHIVED) {
      return evaluation.endings(alert -> true, Code.BUDGET_ARCHIVED);
    }
    // Who closed it may have been ahead of this evaluation, which read its time earlier.
    if (counter.period().hasEnded(now) || counter.closedAt().isPresent()) {
      List<AlertDecision> decisions =
          new ArrayList<>(
              evaluation.endings(alert -> alert.type() != AlertType.RESTATED, Code.PERIOD_ENDED));
      if (budget.status() == BudgetStatus.ACTIVE) {
        decisions.addAll(evaluation.changes(evaluation.lines.restatements()));
      }
      return decisions;
    }
    if (budget.status() != BudgetStatus.ACTIVE) {
      return List.of();
    }
    List<AlertDecision> decisions = new ArrayList<>(evaluation.removals());
    decisions.addAll(evaluation.changes(evaluation.lines.spend()));
    decisions.addAll(evaluation.changes(List.of(evaluation.lines.unpriced())));
    if (input.forecast().isPresent()) {
      decisions.addAll(evaluation.changes(evaluation.lines.forecast()));
      decisions.addAll(evaluation.changes(evaluation.lines.unusual()));
      decisions.addAll(evaluation.changes(evaluation.lines.stale()));
    }
    return decisions;
  }

  /// Whether a counter of a period that has ended had reached a threshold that nobody was notified
  /// of, and has fallen below it: what was recorded at the end is not known to anybody.
  static boolean fellUnseen(EvaluationInput input, Instant now) {
    return input.counter().period().hasEnded(now) && new ThresholdChecks(input, now).fellUnseen();
  }

  /// How a counter of a running period stands to each threshold of its budget, and what an
  /// evaluation says of it.
  public static List<ThresholdStatus> standing(EvaluationInput input, Instant now) {
    Evaluation evaluation = new Evaluation(input, now);
    return Stream.of(
            evaluation.lines.spend(),
            List.of(evaluation.lines.unpriced()),
            evaluation.lines.forecast(),
            evaluation.lines.unusual(),
            evaluation.lines.stale())
        .flatMap(List::stream)
        .map(evaluation::standing)
        .toList();
  }

  private ThresholdStatus standing(ThresholdCheck line) {
    return new ThresholdStatus(
        line.key(),
        line.met(),
        line.met() ? line.reached().get() : line.left().get(),
        line.missing().get(),
        openings(line),
        outcome(line),
        openAlert(line).flatMap(LoggedAlert::heldUntil));
  }

  private ThresholdStatus.Outcome outcome(ThresholdCheck line) {
    Optional<LoggedAlert> alert = openAlert(line);
    if (budget.status() == BudgetStatus.ARCHIVED) {
      return ThresholdStatus.Outcome.ARCHIVED;
    }
    if (line.met() && alert.isPresent()) {
      return alert.get().heldUntil().isPresent()
          ? ThresholdStatus.Outcome.HELD_BACK
          : ThresholdStatus.Outcome.OPEN;
    }
    if (!line.met() && alert.isEmpty()) {
      return ThresholdStatus.Outcome.NOT_MET;
    }
    return budget.status() == BudgetStatus.PAUSED
        ? ThresholdStatus.Outcome.PAUSED
        : ThresholdStatus.Outcome.DUE;
  }

  private List<AlertDecision> endings(Predicate<LoggedAlert> ended, Code reason) {
    return alerts.stream()
        .filter(alert -> alert.isOpen() && ended.test(alert))
        .<AlertDecision>map(alert -> new End(alert, Reason.of(reason)))
        .toList();
  }

  /// Alerts whose threshold the budget has no more.
  private List<AlertDecision> removals() {
    if (alerts.isEmpty()) {
      return List.of();
    }
    return alerts.stream()
        .filter(alert -> alert.isOpen() && alert.type() != AlertType.UNPRICED_USAGE)
        .filter(
            alert ->
                budget.thresholds().stream()
                    .noneMatch(kept -> AlertThreshold.of(kept).isKeyOf(alert)))
        .<AlertDecision>map(alert -> new Resolve(alert, Reason.of(Code.THRESHOLD_REMOVED)))
        .toList();
  }

  /// What changes among thresholds of the same matter.
  private List<AlertDecision> changes(List<ThresholdCheck> all) {
    if (areAsTheyWere(all)) {
      return List.of();
    }
    List<AlertDecision> decisions = new ArrayList<>();
    for (ThresholdCheck line : all) {
      Optional<LoggedAlert> open = openAlert(line);
      if (!line.met()) {
        open.ifPresent(alert -> decisions.add(new Resolve(alert, left(line, all))));
      } else if (open.isEmpty() || open.get().isUnannounced()) {
        decisions.add(raise(line, open, all));
      }
    }
    return decisions;
  }

  /// Nearly always so: what is asked here is asked of every counter that changes.
  private boolean areAsTheyWere(List<ThresholdCheck> all) {
    for (ThresholdCheck line : all) {
      Optional<LoggedAlert> open = openAlert(line);
      if (line.met() != open.isPresent() || (open.isPresent() && open.get().isUnannounced())) {
        return false;
      }
    }
    return true;
  }

  /// Who hears that a threshold was left may never have heard of one below it.
  private static Reason left(ThresholdCheck line, List<ThresholdCheck> all) {
    Reason left = line.left().get();
    return all.stream()
        .filter(ThresholdCheck::met)
        .map(ThresholdCheck::key)
        .max(Comparator.comparing(AlertThreshold::percent))
        .map(still -> left.with("stillMet", still.shown()))
        .orElse(left);
  }

  private AlertDecision raise(
      ThresholdCheck line, Optional<LoggedAlert> adopted, List<ThresholdCheck> all) {
    AlertThreshold key = line.key();
    // What people said about an alert that this evaluation closes keeps nothing silent.
    List<LoggedAlert> staying =
        all.stream()
            .filter(ThresholdCheck::met)
            .flatMap(other -> openAlert(other).stream())
            .toList();
    return new Raise(
        key,
        openings(line),
        adopted,
        line.reached().get(),
        FlapGuard.hold(key, alerts, budget, now),
        Suppression.over(staying, key.type(), key.severity(), now));
  }

  private Optional<LoggedAlert> openAlert(ThresholdCheck line) {
    for (LoggedAlert alert : alerts) {
      if (alert.isOpen() && line.key().isKeyOf(alert)) {
        return Optional.of(alert);
      }
    }
    return Optional.empty();
  }

  private long openings(ThresholdCheck line) {
    return alerts.stream().filter(line.key()::isKeyOf).count();
  }
}
