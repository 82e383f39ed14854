package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.alert.AlertType;
import dev.stipend.notification.message.chart.BurnDownChart;
import dev.stipend.notification.message.chart.BurnDownData;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The period's burn-down as a picture, for places that can show one.
final class AlertChart {
  private static final BigDecimal FULL = BigDecimal.valueOf(100);

  private final AlertFormatter words;
  private final AlertSnapshot snapshot;

  private AlertChart(AlertFormatter words) {
    this.words = words;
    this.snapshot = words.snapshot();
  }

  /// A PNG; empty while there is too little to see.
  static Optional<byte[]> png(AlertFormatter words) {
    return new AlertChart(words).burnDown().map(BurnDownChart::png);
  }

  private Optional<BurnDownData> burnDown() {
    Instant from = snapshot.period().start();
    List<BurnDownData.Point> spend =
        snapshot.burnDown().stream()
            .map(point -> new BurnDownData.Point(point.at(), point.spend().amount()))
            .toList();
    if (spend.size() < 2 || !spend.getFirst().at().isBefore(spend.getLast().at())) {
      return Optional.empty();
    }
    Instant until = until(spend.getLast().at());
    return Optional.of(
        new BurnDownData(
            from,
            until,
            spend,
            lines(),
            forecast(),
            new BurnDownData.Labels(
                words.day(from), words.day(until), words.amount(snapshot.spend().amount()))));
  }

  /// A period without an end is shown with a little room after its last point.
  private Instant until(Instant last) {
    Instant end = snapshot.period().end();
    return end.equals(Period.FOREVER)
        ? last.plus(Duration.between(snapshot.period().start(), last).dividedBy(10))
        : end;
  }

  private List<BurnDownData.Line> lines() {
    List<BurnDownData.Line> lines = new ArrayList<>();
    BigDecimal limit = snapshot.spend().limit().amount();
    lines.add(new BurnDownData.Line(limit, label(FULL), true));
    BigDecimal threshold = snapshot.alert().threshold();
    boolean isOfTheLimit =
        snapshot.alert().type() != AlertType.UNUSUAL_ACTIVITY
            && snapshot.alert().type() != AlertType.STALE_DATA;
    if (isOfTheLimit && threshold.signum() > 0 && threshold.compareTo(FULL) != 0) {
      lines.add(
          new BurnDownData.Line(
              limit.multiply(threshold).movePointLeft(2), label(threshold), false));
    }
    return lines;
  }

  private String label(BigDecimal percent) {
    return words.partOfLimit(percent);
  }

  private Optional<BurnDownData.Range> forecast() {
    AlertSnapshot.ForecastPart forecast = snapshot.forecast();
    boolean isOver = !snapshot.dataAsOf().isBefore(snapshot.period().end()) || forecast == null;
    return isOver
        ? Optional.empty()
        : Optional.ofNullable(forecast)
            .map(
                seen ->
                    new BurnDownData.Range(
                        seen.low().amount(), seen.amount().amount(), seen.high().amount()));
  }
}
