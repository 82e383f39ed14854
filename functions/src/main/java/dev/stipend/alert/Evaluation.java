package dev.stipend.alert;

import dev.stipend.alert.AlertDecision.End;
import dev.stipend.alert.AlertDecision.Raise;
import dev.stipend.alert.AlertDecision.Resolve;
import dev.stipend.alert.AlertDecision.Supersede;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Counter;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Decides which alerts a counter's state asks for. Pure: the same snapshot at the same instant
/// gives the same decisions.
public final class Evaluation {
  /// How often one key may open in a period, so that spend moving around a line does not become a
  /// stream of messages.
  static final int MOST_OPENINGS = 3;

  private final Budget budget;
  private final Counter counter;
  private final List<LoggedAlert> alerts;

  private Evaluation(Budget budget, Counter counter, List<LoggedAlert> alerts) {
    this.budget = budget;
    this.counter = counter;
    this.alerts = alerts;
  }

  /// The decisions for one counter.
  ///
  /// @param alerts all alerts that this counter has had, open and closed
  /// @param now the instant of evaluation
  public static List<AlertDecision> decide(
      Budget budget, Counter counter, List<LoggedAlert> alerts, Instant now) {
    Evaluation evaluation = new Evaluation(budget, counter, alerts);
    if (counter.period().hasEnded(now)) {
      return evaluation.endAll();
    }
    if (budget.status() != BudgetStatus.ACTIVE) {
      return List.of();
    }
    List<AlertDecision> decisions = new ArrayList<>(evaluation.resolutions());
    decisions.addAll(evaluation.openings());
    return decisions;
  }

  private List<AlertDecision> endAll() {
    return alerts.stream()
        .filter(LoggedAlert::isOpen)
        .<AlertDecision>map(alert -> new End(alert, "the period ended"))
        .toList();
  }

  private List<AlertDecision> resolutions() {
    List<AlertDecision> decisions = new ArrayList<>();
    for (LoggedAlert alert : alerts) {
      if (!alert.isOpen()) {
        continue;
      }
      Optional<Threshold> line =
          lines().stream().filter(threshold -> sameKey(alert, threshold)).findAny();
      if (line.isEmpty()) {
        decisions.add(new Resolve(alert, "the threshold was removed"));
      } else if (!isMet(line.get())) {
        decisions.add(
            new Resolve(
                alert, "spend %s is below %s".formatted(counter.spend(), lineOf(line.get()))));
      }
    }
    return decisions;
  }

  private List<AlertDecision> openings() {
    // A line that has opened too often says nothing more, so it must not silence a lower one.
    List<Threshold> fresh =
        lines().stream()
            .filter(line -> isMet(line) && openAlert(line).isEmpty())
            .filter(line -> openings(line) < MOST_OPENINGS)
            .toList();
    Optional<BigDecimal> highestOpen =
        lines().stream()
            .filter(line -> isMet(line) && openAlert(line).isPresent())
            .map(Threshold::percent)
            .max(Comparator.naturalOrder());
    List<AlertDecision> decisions = new ArrayList<>();
    for (Threshold line : fresh) {
      long opening = openings(line);
      Optional<Threshold> higher = higherThan(line, fresh);
      boolean higherOpen =
          highestOpen.filter(open -> open.compareTo(line.percent()) > 0).isPresent();
      if (higher.isPresent() || higherOpen) {
        decisions.add(
            new Supersede(line, opening, reached(line) + "; a higher line was reached too"));
      } else {
        decisions.add(new Raise(line, opening, reached(line)));
      }
    }
    return decisions;
  }

  private static Optional<Threshold> higherThan(Threshold line, List<Threshold> others) {
    return others.stream().filter(o -> o.percent().compareTo(line.percent()) > 0).findAny();
  }

  private List<Threshold> lines() {
    return budget.thresholds().stream()
        .filter(line -> line.kind() == ThresholdKind.ACTUAL)
        .toList();
  }

  private boolean isMet(Threshold line) {
    return counter.spend().reaches(line.percent(), budget.limit());
  }

  private Optional<LoggedAlert> openAlert(Threshold line) {
    return alerts.stream().filter(alert -> alert.isOpen() && sameKey(alert, line)).findAny();
  }

  private long openings(Threshold line) {
    return alerts.stream().filter(alert -> sameKey(alert, line)).count();
  }

  private static boolean sameKey(LoggedAlert alert, Threshold line) {
    return alert.type() == AlertType.of(line) && alert.threshold().compareTo(line.percent()) == 0;
  }

  private String reached(Threshold line) {
    return "spend %s reached %s".formatted(counter.spend(), lineOf(line));
  }

  private String lineOf(Threshold line) {
    return "%s %% of %s".formatted(line.shown(), budget.limit());
  }
}
