package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Counter;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.forecast.Forecast;
import dev.stipend.forecast.Silence;
import dev.stipend.forecast.UnusualActivity;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How a counter stands to each line of its budget.
final class Lines {
  private final Situation situation;
  private final Budget budget;
  private final Counter counter;
  private final Money limit;

  Lines(Situation situation, Instant now) {
    this.situation = situation;
    this.budget = situation.budget();
    this.counter = situation.counter();
    this.limit = counter.limitOf(budget, now);
  }

  /// The lines of what was spent.
  List<Line> spend() {
    List<Line> lines = new ArrayList<>(budget.thresholds().size());
    for (Threshold threshold : budget.thresholds()) {
      if (threshold.kind() == ThresholdKind.ACTUAL) {
        lines.add(spendLine(threshold));
      }
    }
    return lines;
  }

  private Line spendLine(Threshold threshold) {
    Money spend = counter.spend();
    boolean met = spend.reaches(threshold.percent(), limit);
    // Without format strings, which take longer than all the rest of a decision.
    return new Line(
        AlertLine.of(threshold),
        met,
        () -> "spend " + spend + " reached " + threshold.shown() + " % of " + limit,
        () -> "spend " + spend + " is below " + threshold.shown() + " % of " + limit,
        () -> met ? Optional.empty() : Optional.of(spend.shortOf(threshold.percent(), limit)));
  }

  /// The line of what nobody could price.
  Line unpriced() {
    return new Line(
        AlertLine.UNPRICED,
        counter.unpriced() > 0,
        () ->
            "%d requests have no known price, so the spend %s may be too low"
                .formatted(counter.unpriced(), counter.spend()),
        () -> "every request has a price",
        Optional::empty);
  }

  /// The lines of what is foreseen; none where nobody looked.
  List<Line> forecast() {
    return situation
        .prospect()
        .flatMap(seen -> seen.outlook().forecast())
        .map(
            forecast ->
                thresholds(ThresholdKind.FORECAST)
                    .map(threshold -> forecastLine(threshold, forecast))
                    .toList())
        .orElse(List.of());
  }

  /// What spend has reached already nobody foresees; an alert of it that is open stays so.
  private Line forecastLine(Threshold threshold, Forecast forecast) {
    AlertLine key = AlertLine.of(threshold);
    BigDecimal percent = threshold.percent();
    boolean met =
        isOpen(key)
            ? forecast.sustains(percent, limit)
            : forecast.raises(percent, limit) && !counter.spend().reaches(percent, limit);
    Supplier<String> figures =
        () ->
            "spend is %s and expected to be %s (%s to %s) at the end of the period"
                .formatted(counter.spend(), forecast.amount(), forecast.low(), forecast.high());
    return new Line(
        key,
        met,
        () -> "%s, which is %s %% of %s or more".formatted(figures.get(), threshold.shown(), limit),
        () -> "%s, which is under %s %% of %s".formatted(figures.get(), threshold.shown(), limit),
        Optional::empty);
  }

  /// The lines of what is unusual; none where nobody looked.
  List<Line> unusual() {
    return situation
        .prospect()
        .map(
            seen ->
                thresholds(ThresholdKind.UNUSUAL)
                    .map(
                        threshold ->
                            unusualLine(threshold, seen.unusual().filter(this::isOfPeriod)))
                    .toList())
        .orElse(List.of());
  }

  /// An hour that was over before the period began was told in the period before.
  private boolean isOfPeriod(UnusualActivity found) {
    return !found.end().isBefore(counter.period().start());
  }

  private static Line unusualLine(Threshold threshold, Optional<UnusualActivity> found) {
    Optional<UnusualActivity> far =
        found.filter(
            hour ->
                hour.ratio()
                    .filter(ratio -> ratio.movePointRight(2).compareTo(threshold.percent()) < 0)
                    .isEmpty());
    return new Line(
        AlertLine.of(threshold),
        far.isPresent(),
        () ->
            far.map(
                    hour ->
                        "the hour from %s cost %s; usual are %s, and up to %s is not unusual"
                            .formatted(hour.hour(), hour.spend(), hour.median(), hour.threshold()))
                .orElse(""),
        () ->
            found
                .map(
                    hour ->
                        "the hour from %s cost %s; usual are %s, so it is under %s %% of that"
                            .formatted(hour.hour(), hour.spend(), hour.median(), threshold.shown()))
                .orElse("the last complete hour cost no more than usual"),
        Optional::empty);
  }

  /// The lines of usage that stays away; none where nobody looked.
  List<Line> stale() {
    return situation
        .prospect()
        .map(
            seen ->
                thresholds(ThresholdKind.STALE)
                    .map(threshold -> staleLine(threshold, seen.silence(), seen.earlier()))
                    .toList())
        .orElse(List.of());
  }

  /// A silence that was over the line when the period began was told in the one before; one that
  /// reached it at that very moment was not.
  private Line staleLine(
      Threshold threshold, Optional<Silence> silence, Optional<Silence> earlier) {
    AlertLine key = AlertLine.of(threshold);
    Optional<Silence> told = earlier.filter(before -> before.exceeds(threshold.percent()));
    Optional<Silence> far =
        silence
            .filter(now -> now.reaches(threshold.percent()))
            .filter(
                now ->
                    isOpen(key) || told.filter(one -> one.since().equals(now.since())).isEmpty());
    return new Line(
        key,
        far.isPresent(),
        () ->
            far.map(
                    now ->
                        "nothing was spent since %s, for %d minutes; at this time of the week %d minutes are usual"
                            .formatted(
                                now.since(), now.length().toMinutes(), now.usual().toMinutes()))
                .orElse(""),
        () ->
            silence
                .filter(now -> !now.reaches(threshold.percent()))
                .filter(now -> now.length().compareTo(now.usual()) > 0)
                .map(
                    now ->
                        "nothing was spent since %s, for %d minutes; at this time of the week %d minutes are usual"
                            .formatted(
                                now.since(), now.length().toMinutes(), now.usual().toMinutes()))
                .orElse("spend is recorded again"),
        Optional::empty);
  }

  private boolean isOpen(AlertLine key) {
    return situation.alerts().stream().anyMatch(alert -> alert.isOpen() && key.isKeyOf(alert));
  }

  /// The lines that a closed period had not reached when it closed; empty while it is not closed.
  /// The limit is the one that was in force then.
  Optional<List<Line>> restatements() {
    return counter
        .closedSpend()
        .map(
            before ->
                thresholds(ThresholdKind.ACTUAL)
                    .filter(threshold -> !before.reaches(threshold.percent(), counter.limit()))
                    .map(threshold -> restatement(threshold, before))
                    .toList());
  }

  private Line restatement(Threshold threshold, Money before) {
    return new Line(
        AlertLine.restated(threshold),
        counter.spend().reaches(threshold.percent(), counter.limit()),
        () ->
            "the period ended at %s %% of %s, not at %s %%: spend is %s, and was %s when it closed"
                .formatted(
                    percentOfLimit(counter.spend()),
                    counter.limit(),
                    percentOfLimit(before),
                    counter.spend(),
                    before),
        () ->
            "the period ended below %s %% of %s after all"
                .formatted(threshold.shown(), counter.limit()),
        Optional::empty);
  }

  private String percentOfLimit(Money spend) {
    return spend.percentOf(counter.limit()).toPlainString();
  }

  private Stream<Threshold> thresholds(ThresholdKind kind) {
    return budget.thresholds().stream().filter(line -> line.kind() == kind);
  }
}
