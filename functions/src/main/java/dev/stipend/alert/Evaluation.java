package dev.stipend.alert;

import dev.stipend.alert.AlertDecision.End;
import dev.stipend.alert.AlertDecision.Inhibit;
import dev.stipend.alert.AlertDecision.Raise;
import dev.stipend.alert.AlertDecision.Resolve;
import dev.stipend.alert.AlertDecision.Supersede;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Counter;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Decides which alerts a counter's state asks for. Pure: the same snapshot at the same instant
/// gives the same decisions.
public final class Evaluation {
  /// How often one key may open in a period, so that spend moving around a line does not become a
  /// stream of messages.
  static final int MOST_OPENINGS = 3;

  private final Budget budget;
  private final Counter counter;
  private final List<LoggedAlert> alerts;
  private final Optional<Hush> inhibition;
  private final Money limit;
  private final Instant now;

  private Evaluation(Situation situation, Instant now) {
    this.budget = situation.budget();
    this.counter = situation.counter();
    this.alerts = situation.alerts();
    this.inhibition = situation.parent().map(parent -> Hush.under(parent, now));
    this.limit = counter.limitOf(budget, now);
    this.now = now;
  }

  /// The decisions for one counter.
  ///
  /// @param now the instant of evaluation
  public static List<AlertDecision> decide(Situation situation, Instant now) {
    Budget budget = situation.budget();
    Counter counter = situation.counter();
    Evaluation evaluation = new Evaluation(situation, now);
    if (budget.status() == BudgetStatus.ARCHIVED) {
      return evaluation.endings(alert -> true, "the budget was archived");
    }
    // Who closed it may have been ahead of this evaluation, which read its time earlier.
    if (counter.period().hasEnded(now) || counter.closedSpend().isPresent()) {
      List<AlertDecision> decisions =
          new ArrayList<>(
              evaluation.endings(alert -> alert.type() != AlertType.RESTATED, "the period ended"));
      if (budget.status() == BudgetStatus.ACTIVE) {
        evaluation.restatements().ifPresent(lines -> decisions.addAll(evaluation.changes(lines)));
      }
      return decisions;
    }
    if (budget.status() != BudgetStatus.ACTIVE) {
      return List.of();
    }
    List<AlertDecision> decisions = new ArrayList<>(evaluation.removals());
    decisions.addAll(evaluation.changes(evaluation.spendLines()));
    decisions.addAll(evaluation.changes(List.of(evaluation.unpricedLine())));
    return decisions;
  }

  /// How a counter of a running period stands to each line of its budget, and what an evaluation
  /// says of it.
  public static List<LineStanding> standing(Situation situation, Instant now) {
    Evaluation evaluation = new Evaluation(situation, now);
    return Stream.concat(evaluation.spendLines().stream(), Stream.of(evaluation.unpricedLine()))
        .map(evaluation::standing)
        .toList();
  }

  private LineStanding standing(Line line) {
    return new LineStanding(
        line.key(),
        line.met(),
        line.met() ? line.reached() : line.left(),
        line.missing(),
        openings(line),
        outcome(line));
  }

  private LineStanding.Outcome outcome(Line line) {
    Optional<LoggedAlert> alert = openAlert(line);
    boolean open = alert.isPresent();
    if (budget.status() == BudgetStatus.ARCHIVED) {
      return LineStanding.Outcome.ARCHIVED;
    }
    if (line.met() && open) {
      return alert.get().state() == AlertState.INHIBITED
          ? LineStanding.Outcome.INHIBITED
          : LineStanding.Outcome.OPEN;
    }
    if (!line.met() && !open) {
      return LineStanding.Outcome.NOT_MET;
    }
    if (budget.status() == BudgetStatus.PAUSED) {
      return LineStanding.Outcome.PAUSED;
    }
    return line.met() && hasOpenedTooOften(line)
        ? LineStanding.Outcome.OPENED_TOO_OFTEN
        : LineStanding.Outcome.DUE;
  }

  /// One line with what holds of it.
  ///
  /// @param met whether its condition is true
  /// @param reached why an alert would open
  /// @param left why an open alert would close
  /// @param missing the least spend that would meet it, where it is not met and spend would
  private record Line(
      AlertLine key, boolean met, String reached, String left, Optional<Money> missing) {}

  private List<AlertDecision> endings(Predicate<LoggedAlert> ended, String reason) {
    return alerts.stream()
        .filter(alert -> alert.isOpen() && ended.test(alert))
        .<AlertDecision>map(alert -> new End(alert, reason))
        .toList();
  }

  /// Alerts whose line the budget has no more.
  private List<AlertDecision> removals() {
    List<Line> lines = spendLines();
    return alerts.stream()
        .filter(alert -> alert.isOpen() && alert.type() != AlertType.UNPRICED_USAGE)
        .filter(alert -> lines.stream().noneMatch(line -> line.key().isKeyOf(alert)))
        .<AlertDecision>map(alert -> new Resolve(alert, "the threshold was removed"))
        .toList();
  }

  private List<Line> spendLines() {
    return actualThresholds().map(this::spendLine).toList();
  }

  private Line spendLine(Threshold threshold) {
    String line = "%s %% of %s".formatted(threshold.shown(), limit);
    boolean met = counter.spend().reaches(threshold.percent(), limit);
    return new Line(
        AlertLine.of(threshold),
        met,
        "spend %s reached %s".formatted(counter.spend(), line),
        "spend %s is below %s".formatted(counter.spend(), line),
        met ? Optional.empty() : Optional.of(counter.spend().shortOf(threshold.percent(), limit)));
  }

  private Line unpricedLine() {
    return new Line(
        AlertLine.UNPRICED,
        counter.unpriced() > 0,
        "%d requests have no known price, so the spend %s may be too low"
            .formatted(counter.unpriced(), counter.spend()),
        "every request has a price",
        Optional.empty());
  }

  /// The lines that a closed period had not reached when it closed; empty while it is not closed.
  /// The limit is the one that was in force then.
  private Optional<List<Line>> restatements() {
    return counter
        .closedSpend()
        .map(
            before ->
                actualThresholds()
                    .filter(threshold -> !before.reaches(threshold.percent(), counter.limit()))
                    .map(threshold -> restatement(threshold, before))
                    .toList());
  }

  private Line restatement(Threshold threshold, Money before) {
    return new Line(
        AlertLine.restated(threshold),
        counter.spend().reaches(threshold.percent(), counter.limit()),
        "the period ended at %s %% of %s, not at %s %%: spend is %s, and was %s when it closed"
            .formatted(
                percentOfLimit(counter.spend()),
                counter.limit(),
                percentOfLimit(before),
                counter.spend(),
                before),
        "the period ended below %s %% of %s after all"
            .formatted(threshold.shown(), counter.limit()),
        Optional.empty());
  }

  private String percentOfLimit(Money spend) {
    return spend.percentOf(counter.limit()).toPlainString();
  }

  private Stream<Threshold> actualThresholds() {
    return budget.thresholds().stream().filter(line -> line.kind() == ThresholdKind.ACTUAL);
  }

  /// What changes among lines of which the highest speaks for the others.
  private List<AlertDecision> changes(List<Line> lines) {
    List<AlertDecision> decisions = new ArrayList<>();
    for (Line line : lines) {
      if (!line.met()) {
        openAlert(line).ifPresent(alert -> decisions.add(new Resolve(alert, line.left())));
      }
    }
    // A line that has opened too often says nothing more, so it must not silence a lower one.
    List<Line> fresh =
        lines.stream()
            .filter(line -> line.met() && openAlert(line).isEmpty())
            .filter(line -> !hasOpenedTooOften(line))
            .toList();
    List<Line> told = new ArrayList<>(fresh);
    lines.stream().filter(line -> line.met() && openAlert(line).isPresent()).forEach(told::add);
    for (Line line : fresh) {
      boolean isHighest = told.stream().noneMatch(other -> isAbove(other, line));
      decisions.add(isHighest ? raise(line) : supersede(line));
    }
    return decisions;
  }

  private AlertDecision raise(Line line) {
    AlertLine key = line.key();
    if (inhibition.isPresent() && key.type().isInhibited()) {
      return new Inhibit(key, openings(line), line.reached(), inhibition.get());
    }
    Optional<Hush> hush = Hush.over(alerts, key.type(), key.severity(), now);
    return new Raise(key, openings(line), line.reached(), hush);
  }

  private AlertDecision supersede(Line line) {
    return new Supersede(
        line.key(), openings(line), line.reached() + "; a higher line was reached too");
  }

  private static boolean isAbove(Line higher, Line lower) {
    return higher.key().percent().compareTo(lower.key().percent()) > 0;
  }

  private Optional<LoggedAlert> openAlert(Line line) {
    return alerts.stream().filter(alert -> alert.isOpen() && line.key().isKeyOf(alert)).findAny();
  }

  private boolean hasOpenedTooOften(Line line) {
    return openings(line) >= MOST_OPENINGS;
  }

  private long openings(Line line) {
    return alerts.stream().filter(line.key()::isKeyOf).count();
  }
}
