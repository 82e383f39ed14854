package dev.stipend.alert;

import dev.stipend.alert.AlertDecision.End;
import dev.stipend.alert.AlertDecision.Inhibit;
import dev.stipend.alert.AlertDecision.Raise;
import dev.stipend.alert.AlertDecision.Resolve;
import dev.stipend.alert.AlertDecision.Supersede;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
  private final List<LoggedAlert> alerts;
  private final Optional<Hush> inhibition;
  private final Lines lines;
  private final Instant now;

  private Evaluation(Situation situation, Instant now) {
    this.budget = situation.budget();
    this.alerts = situation.alerts();
    this.inhibition = situation.parent().map(parent -> Hush.under(parent, now));
    this.lines = new Lines(situation, now);
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
        evaluation
            .lines
            .restatements()
            .ifPresent(restated -> decisions.addAll(evaluation.changes(restated)));
      }
      return decisions;
    }
    if (budget.status() != BudgetStatus.ACTIVE) {
      return List.of();
    }
    List<AlertDecision> decisions = new ArrayList<>(evaluation.removals());
    decisions.addAll(evaluation.changes(evaluation.lines.spend()));
    decisions.addAll(evaluation.changes(List.of(evaluation.lines.unpriced())));
    if (situation.prospect().isPresent()) {
      decisions.addAll(evaluation.changes(evaluation.lines.forecast()));
      decisions.addAll(evaluation.changes(evaluation.lines.unusual()));
      decisions.addAll(evaluation.changes(evaluation.lines.stale()));
    }
    return decisions;
  }

  /// How a counter of a running period stands to each line of its budget, and what an evaluation
  /// says of it.
  public static List<LineStanding> standing(Situation situation, Instant now) {
    Evaluation evaluation = new Evaluation(situation, now);
    return Stream.of(
            evaluation.lines.spend(),
            List.of(evaluation.lines.unpriced()),
            evaluation.lines.forecast(),
            evaluation.lines.unusual(),
            evaluation.lines.stale())
        .flatMap(lines -> lines.stream().map(line -> evaluation.standing(line, lines)))
        .toList();
  }

  private LineStanding standing(Line line, List<Line> all) {
    return new LineStanding(
        line.key(),
        line.met(),
        line.met() ? line.reached().get() : line.left().get(),
        line.missing().get(),
        openings(line),
        outcome(line, all));
  }

  private LineStanding.Outcome outcome(Line line, List<Line> all) {
    Optional<LoggedAlert> alert = openAlert(line);
    boolean open = alert.isPresent();
    if (budget.status() == BudgetStatus.ARCHIVED) {
      return LineStanding.Outcome.ARCHIVED;
    }
    boolean isUncovered = open && isSuperseded(alert.get()) && !isBelowAnother(line, all);
    if (line.met() && open && !isUncovered) {
      return switch (alert.get().state()) {
        case INHIBITED -> LineStanding.Outcome.INHIBITED;
        case SUPERSEDED -> LineStanding.Outcome.SUPERSEDED;
        case OPEN, RESOLVED, ENDED -> LineStanding.Outcome.OPEN;
      };
    }
    if (!line.met() && !open) {
      return LineStanding.Outcome.NOT_MET;
    }
    if (budget.status() == BudgetStatus.PAUSED) {
      return LineStanding.Outcome.PAUSED;
    }
    return line.met() && !open && hasOpenedTooOften(line)
        ? LineStanding.Outcome.OPENED_TOO_OFTEN
        : LineStanding.Outcome.DUE;
  }

  private List<AlertDecision> endings(Predicate<LoggedAlert> ended, String reason) {
    return alerts.stream()
        .filter(alert -> alert.isOpen() && ended.test(alert))
        .<AlertDecision>map(alert -> new End(alert, reason))
        .toList();
  }

  /// Alerts whose line the budget has no more.
  private List<AlertDecision> removals() {
    if (alerts.isEmpty()) {
      return List.of();
    }
    return alerts.stream()
        .filter(alert -> alert.isOpen() && alert.type() != AlertType.UNPRICED_USAGE)
        .filter(
            alert ->
                budget.thresholds().stream().noneMatch(kept -> AlertLine.of(kept).isKeyOf(alert)))
        .<AlertDecision>map(alert -> new Resolve(alert, "the threshold was removed"))
        .toList();
  }

  /// What changes among lines of which the highest speaks for the others.
  private List<AlertDecision> changes(List<Line> all) {
    if (areAsTheyWere(all)) {
      return List.of();
    }
    // A line that has opened too often says nothing more, so it must not silence a lower one.
    List<Line> standing =
        all.stream()
            .filter(line -> line.met() && (openAlert(line).isPresent() || !hasOpenedTooOften(line)))
            .toList();
    List<AlertDecision> decisions = new ArrayList<>();
    for (Line line : all) {
      if (!line.met()) {
        openAlert(line).ifPresent(alert -> decisions.add(new Resolve(alert, left(line, standing))));
      }
    }
    List<LoggedAlert> staying =
        standing.stream().flatMap(line -> openAlert(line).stream()).toList();
    for (Line line : standing) {
      Optional<LoggedAlert> logged = openAlert(line);
      boolean isHighest = standing.stream().noneMatch(other -> isAbove(other, line));
      if (isHighest && logged.map(Evaluation::isSuperseded).orElse(true)) {
        decisions.add(raise(line, logged, staying));
      } else if (logged.isEmpty()) {
        decisions.add(supersede(line));
      }
    }
    return decisions;
  }

  /// Nearly always so: what is asked here is asked of every counter that changes.
  private boolean areAsTheyWere(List<Line> all) {
    for (Line line : all) {
      Optional<LoggedAlert> logged = openAlert(line);
      if (line.met() != logged.isPresent()
          || (logged.isPresent() && isSuperseded(logged.get()) && !isBelowAnother(line, all))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSuperseded(LoggedAlert alert) {
    return alert.state() == AlertState.SUPERSEDED;
  }

  private boolean isBelowAnother(Line line, List<Line> all) {
    return all.stream().anyMatch(other -> isAbove(other, line) && openAlert(other).isPresent());
  }

  /// Who hears that a line was left may never have heard of one below it.
  private static String left(Line line, List<Line> standing) {
    return standing.stream()
        .map(Line::key)
        .max(Comparator.comparing(AlertLine::percent))
        .map(
            still ->
                "%s; the line at %s %% still holds".formatted(line.left().get(), still.shown()))
        .orElseGet(line.left());
  }

  /// @param staying open alerts of the same matter: what people said about one that this
  ///     evaluation closes keeps nothing silent
  private AlertDecision raise(
      Line line, Optional<LoggedAlert> superseded, List<LoggedAlert> staying) {
    AlertLine key = line.key();
    String reason =
        superseded.isPresent()
            ? line.reached().get() + "; a higher line was reached too, and left again"
            : line.reached().get();
    if (inhibition.isPresent() && key.type().isInhibited()) {
      return new Inhibit(key, openings(line), superseded, reason, inhibition.get());
    }
    Optional<Hush> hush = Hush.over(staying, key.type(), key.severity(), now);
    return new Raise(key, openings(line), superseded, reason, hush);
  }

  private AlertDecision supersede(Line line) {
    return new Supersede(
        line.key(), openings(line), line.reached().get() + "; a higher line was reached too");
  }

  private static boolean isAbove(Line higher, Line lower) {
    return higher.key().percent().compareTo(lower.key().percent()) > 0;
  }

  private Optional<LoggedAlert> openAlert(Line line) {
    for (LoggedAlert alert : alerts) {
      if (alert.isOpen() && line.key().isKeyOf(alert)) {
        return Optional.of(alert);
      }
    }
    return Optional.empty();
  }

  private boolean hasOpenedTooOften(Line line) {
    return openings(line) >= MOST_OPENINGS;
  }

  private long openings(Line line) {
    return alerts.stream().filter(line.key()::isKeyOf).count();
  }
}
