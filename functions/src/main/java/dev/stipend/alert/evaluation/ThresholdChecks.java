package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertState;
import dev.stipend.alert.AlertThreshold;
import dev.stipend.budget.Budget;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.forecast.InactivityGap;
import dev.stipend.budget.forecast.UnusualActivity;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.money.Money;
import dev.stipend.platform.wording.Reason;
import dev.stipend.platform.wording.Reason.Code;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a counter stands to each threshold of its budget.
final class ThresholdChecks {
  private final EvaluationInput input;
  private final Budget budget;
  private final BudgetPeriod counter;
  private final Money limit;

  ThresholdChecks(EvaluationInput input, Instant now) {
    this.input = input;
    this.budget = input.budget();
    this.counter = input.counter();
    this.limit = counter.limitOf(budget, now);
  }

  /// The thresholds of what was spent.
  List<ThresholdCheck> spend() {
    List<ThresholdCheck> lines = new ArrayList<>(budget.thresholds().size());
    for (Threshold threshold : budget.thresholds()) {
      if (threshold.kind() == ThresholdKind.ACTUAL) {
        lines.add(spendLine(threshold));
      }
    }
    return lines;
  }

  private ThresholdCheck spendLine(Threshold threshold) {
    Money spend = counter.spend();
    boolean met = spend.reaches(threshold.percent(), limit);
    return new ThresholdCheck(
        AlertThreshold.of(threshold),
        met,
        () -> compared(Code.THRESHOLD_REACHED, threshold),
        () -> compared(Code.BELOW_THRESHOLD, threshold),
        () -> met ? Optional.empty() : Optional.of(spend.shortOf(threshold.percent(), limit)));
  }

  private Reason compared(Code code, Threshold threshold) {
    return Reason.of(code)
        .with("spend", counter.spend())
        .with("percent", threshold.shown())
        .with("limit", limit);
  }

  /// The threshold of what nobody could price.
  ThresholdCheck unpriced() {
    return new ThresholdCheck(
        AlertThreshold.UNPRICED,
        counter.unpriced() > 0,
        () ->
            Reason.of(input.hasCeiling() ? Code.UNPRICED_USAGE_AT_CEILING : Code.UNPRICED_USAGE)
                .with("requests", counter.unpriced())
                .with("spend", counter.spend()),
        () -> Reason.of(Code.ALL_PRICED),
        Optional::empty);
  }

  /// The thresholds of what is foreseen; none where nobody looked.
  List<ThresholdCheck> forecast() {
    return input
        .forecast()
        .flatMap(seen -> seen.outlook().forecast())
        .map(
            forecast ->
                thresholds(ThresholdKind.FORECAST)
                    .map(threshold -> forecastLine(threshold, forecast))
                    .toList())
        .orElse(List.of());
  }

  /// What spend has reached already nobody foresees; an alert of it that is open stays so.
  private ThresholdCheck forecastLine(Threshold threshold, Forecast forecast) {
    AlertThreshold key = AlertThreshold.of(threshold);
    BigDecimal percent = threshold.percent();
    boolean met =
        isOpen(key)
            ? forecast.sustains(percent, limit)
            : forecast.raises(percent, limit) && !counter.spend().reaches(percent, limit);
    return new ThresholdCheck(
        key,
        met,
        () -> compared(Code.FORECAST_REACHES, threshold, forecast),
        () -> compared(Code.FORECAST_BELOW, threshold, forecast),
        Optional::empty);
  }

  private Reason compared(Code code, Threshold threshold, Forecast forecast) {
    return compared(code, threshold)
        .with("expected", forecast.amount())
        .with("low", forecast.low())
        .with("high", forecast.high());
  }

  /// The thresholds of what is unusual; none where nobody looked.
  List<ThresholdCheck> unusual() {
    return input
        .forecast()
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

  private static ThresholdCheck unusualLine(Threshold threshold, Optional<UnusualActivity> found) {
    Optional<UnusualActivity> far =
        found.filter(
            hour ->
                hour.ratio()
                    .filter(ratio -> ratio.movePointRight(2).compareTo(threshold.percent()) < 0)
                    .isEmpty());
    return new ThresholdCheck(
        AlertThreshold.of(threshold),
        far.isPresent(),
        () -> far.map(hour -> unusual(Code.HOUR_UNUSUAL, hour)).orElseThrow(),
        () ->
            found
                .map(hour -> unusual(Code.HOUR_LESS_UNUSUAL, hour))
                .orElseGet(() -> Reason.of(Code.HOUR_USUAL))
                .with("percent", threshold.shown()),
        Optional::empty);
  }

  private static Reason unusual(Code code, UnusualActivity hour) {
    return Reason.of(code)
        .with("hour", hour.hour())
        .with("cost", hour.spend())
        .with("usual", hour.median())
        .with("normal", hour.threshold());
  }

  /// The thresholds of usage that stays away; none where nobody looked.
  List<ThresholdCheck> stale() {
    return input
        .forecast()
        .map(
            seen ->
                thresholds(ThresholdKind.STALE)
                    .map(threshold -> staleLine(threshold, seen.silence(), seen.earlier()))
                    .toList())
        .orElse(List.of());
  }

  /// A silence that was over the threshold when the period began was told in the one before; one
  /// that reached it at that very moment was not.
  private ThresholdCheck staleLine(
      Threshold threshold, Optional<InactivityGap> silence, Optional<InactivityGap> earlier) {
    AlertThreshold key = AlertThreshold.of(threshold);
    Optional<InactivityGap> told = earlier.filter(before -> before.exceeds(threshold.percent()));
    Optional<InactivityGap> far =
        silence
            .filter(now -> now.reaches(threshold.percent()))
            .filter(
                now ->
                    isOpen(key) || told.filter(one -> one.since().equals(now.since())).isEmpty());
    return new ThresholdCheck(
        key,
        far.isPresent(),
        () -> far.map(ThresholdChecks::nothing).orElseThrow(),
        () ->
            silence
                .filter(now -> !now.reaches(threshold.percent()))
                .filter(now -> now.length().compareTo(now.usual()) > 0)
                .map(ThresholdChecks::nothing)
                .orElseGet(() -> Reason.of(Code.USAGE_RECORDED)),
        Optional::empty);
  }

  private static Reason nothing(InactivityGap silence) {
    return Reason.of(Code.NOTHING_RECORDED)
        .with("since", silence.since())
        .with("minutes", silence.length().toMinutes())
        .with("usualMinutes", silence.usual().toMinutes());
  }

  private boolean isOpen(AlertThreshold key) {
    return input.alerts().stream().anyMatch(alert -> alert.isOpen() && key.isKeyOf(alert));
  }

  /// The thresholds of a period that has ended of which nobody was notified while it ran, those
  /// that it does not reach included. None for a period from before the budget was made. The limit
  /// is the one that was in force then.
  List<ThresholdCheck> restatements() {
    if (!counter.period().end().isAfter(budget.createdAt())) {
      return List.of();
    }
    Money known = counter.closedSpend().orElse(counter.spend());
    return thresholds(ThresholdKind.ACTUAL)
        .filter(threshold -> isNews(threshold, known))
        .map(threshold -> restatement(threshold, known))
        .toList();
  }

  /// What had been recorded when the period ended was known, unless no evaluation came to it while
  /// the period ran. What was restated once is followed from then on.
  private boolean isNews(Threshold threshold, Money known) {
    return (isUnseen() && !isAnnounced(threshold))
        || isRestated(threshold)
        || !known.reaches(threshold.percent(), limit);
  }

  /// Whether no evaluation came to what was recorded while the period ran.
  private boolean isUnseen() {
    return counter.closedAt().isEmpty() && counter.dirty();
  }

  private boolean isRestated(Threshold threshold) {
    AlertThreshold key = AlertThreshold.restated(threshold);
    return input.alerts().stream().anyMatch(key::isKeyOf);
  }

  /// Whether spend had reached a threshold when the period ended, nobody was notified, and it has
  /// fallen below since. Should it reach it again, that is news.
  boolean fellUnseen() {
    Money known = counter.closedSpend().orElse(counter.spend());
    return isUnseen()
        && thresholds(ThresholdKind.ACTUAL)
            .anyMatch(
                threshold ->
                    known.reaches(threshold.percent(), limit)
                        && !counter.spend().reaches(threshold.percent(), limit)
                        && !isAnnounced(threshold));
  }

  /// Whether people were notified of a threshold while the period ran, and not of its end.
  private boolean isAnnounced(Threshold threshold) {
    AlertThreshold key = AlertThreshold.of(threshold);
    return input.alerts().stream()
        .anyMatch(alert -> key.isKeyOf(alert) && alert.state() != AlertState.RESOLVED);
  }

  private ThresholdCheck restatement(Threshold threshold, Money known) {
    boolean wasKnown = known.reaches(threshold.percent(), limit);
    return new ThresholdCheck(
        AlertThreshold.restated(threshold),
        counter.spend().reaches(threshold.percent(), limit),
        () -> {
          Reason ended =
              Reason.of(wasKnown ? Code.PERIOD_ENDED_UNNOTICED : Code.PERIOD_RESTATED)
                  .with("ended", counter.spend().percentOf(limit))
                  .with("limit", limit)
                  .with("spend", counter.spend());
          return wasKnown
              ? ended
              : ended.with("known", known.percentOf(limit)).with("before", known);
        },
        () ->
            Reason.of(Code.PERIOD_RESTATED_BELOW)
                .with("percent", threshold.shown())
                .with("limit", limit),
        Optional::empty);
  }

  private Stream<Threshold> thresholds(ThresholdKind kind) {
    return budget.thresholds().stream().filter(line -> line.kind() == kind);
  }
}
