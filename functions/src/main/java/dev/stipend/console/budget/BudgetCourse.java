package dev.stipend.console.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.budget.chart.SpendChart;
import dev.stipend.budget.chart.SpendChart.Band;
import dev.stipend.budget.chart.SpendChart.Kind;
import dev.stipend.budget.chart.SpendChart.Level;
import dev.stipend.budget.chart.SpendChart.Line;
import dev.stipend.budget.chart.SpendChart.Mark;
import dev.stipend.budget.chart.SpendChart.Point;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;

/// How spend of a period goes on, against an even pace, the limit and the thresholds.
final class BudgetCourse {
  private static final int DECIMALS = 6;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private BudgetCourse() {}

  /// The chart; empty where the period never ends, or nothing is known of its course.
  static Optional<SpendChart> of(
      Budget budget,
      Period period,
      Money limit,
      NavigableMap<Instant, Money> limits,
      List<SpendPoint> points,
      Optional<Forecast> forecast,
      List<Happening> happenings) {
    if (period.end().equals(Period.FOREVER) || points.isEmpty()) {
      return Optional.empty();
    }
    List<Point> actual =
        points.stream().map(point -> new Point(place(period, point.at()), point.spend())).toList();
    List<Point> pace =
        List.of(new Point(BigDecimal.ZERO, Money.ZERO), new Point(BigDecimal.ONE, limit));
    return Optional.of(
        new SpendChart(
            Stream.concat(
                    steps(limits, period).stream(),
                    Stream.of(new Line(Kind.BEFORE, pace), new Line(Kind.ACTUAL, actual)))
                .toList(),
            forecast.map(each -> new Band(actual.getLast(), each.low(), each.high())),
            Stream.concat(
                    limits.size() > 1 ? Stream.of() : Stream.of(new Level(limit, true)),
                    budget.thresholds().stream()
                        .filter(line -> line.kind() == ThresholdKind.ACTUAL && !line.isAtLimit())
                        .map(line -> new Level(share(limit, line), false)))
                .toList(),
            happenings.stream().map(each -> mark(each, period, points)).toList()));
  }

  /// Something that happened in the period.
  ///
  /// @param isRaised whether an alert was raised; it recovered otherwise
  record Happening(Instant at, boolean isRaised, String title) {}

  /// At where the curve is then.
  private static Mark mark(Happening happening, Period period, List<SpendPoint> points) {
    Money spend =
        points.stream()
            .filter(point -> !point.at().isBefore(happening.at()))
            .findFirst()
            .orElse(points.getLast())
            .spend();
    return new Mark(
        new Point(place(period, happening.at()), spend), happening.isRaised(), happening.title());
  }

  /// The limit as it was, where it was not always the same.
  private static Optional<Line> steps(NavigableMap<Instant, Money> limits, Period period) {
    if (limits.size() < 2) {
      return Optional.empty();
    }
    List<Point> steps = new ArrayList<>();
    limits.forEach(
        (at, limit) -> {
          if (!steps.isEmpty()) {
            steps.add(new Point(place(period, at), steps.getLast().amount()));
          }
          steps.add(new Point(place(period, at), limit));
        });
    steps.add(new Point(BigDecimal.ONE, steps.getLast().amount()));
    return Optional.of(new Line(Kind.LIMIT, steps));
  }

  private static Money share(Money limit, Threshold line) {
    return Money.rounded(
        limit
            .amount()
            .multiply(line.percent())
            .divide(HUNDRED, Money.DECIMALS, RoundingMode.HALF_UP));
  }

  private static BigDecimal place(Period period, Instant at) {
    return seconds(period.start(), at)
        .divide(seconds(period.start(), period.end()), DECIMALS, RoundingMode.HALF_UP)
        .min(BigDecimal.ONE);
  }

  private static BigDecimal seconds(Instant from, Instant until) {
    return BigDecimal.valueOf(Duration.between(from, until).toSeconds());
  }
}
