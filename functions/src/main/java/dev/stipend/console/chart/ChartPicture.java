package dev.stipend.console.chart;

import dev.stipend.budget.chart.SpendChart;
import dev.stipend.budget.chart.SpendChart.Band;
import dev.stipend.budget.chart.SpendChart.Point;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A chart as shapes.
///
/// @param grid lines across, each with its amount
/// @param lines paths with the class of what they show
/// @param band the corners of where spend is expected; empty where nothing is
/// @param levels limits and thresholds
/// @param marks what happened on the way
/// @param now where spend is now; empty where there is none
public record ChartPicture(
    List<Across> grid,
    List<Path> lines,
    Optional<String> band,
    List<Across> levels,
    List<Mark> marks,
    Optional<Place> now) {
  public static final int WIDTH = 720;
  public static final int HEIGHT = 240;
  static final int LEFT = 64;
  static final int BOTTOM = 216;
  private static final int TOP = 12;
  static final int RIGHT = 712;
  private static final int STEPS = 4;
  private static final List<BigDecimal> NICE =
      List.of(
          BigDecimal.ONE,
          new BigDecimal("1.2"),
          new BigDecimal("1.6"),
          new BigDecimal("2"),
          new BigDecimal("2.4"),
          new BigDecimal("3.2"),
          new BigDecimal("4"),
          new BigDecimal("6"),
          new BigDecimal("8"),
          BigDecimal.TEN);

  /// A line across the chart.
  ///
  /// @param label what it says; empty for none
  public record Across(String y, String kind, String label) {}

  /// A line that goes up.
  public record Path(String kind, String points) {}

  /// Something that happened.
  ///
  /// @param shape a triangle where an alert was raised, a square where it recovered
  public record Mark(String shape, boolean isRaised, String title) {}

  /// A point.
  public record Place(String x, String y) {}

  public static ChartPicture of(SpendChart chart, ConsoleText text, String currency) {
    BigDecimal top = top(chart.top().amount());
    return new ChartPicture(
        grid(top, text, currency),
        chart.lines().stream()
            .filter(line -> !line.points().isEmpty())
            .map(line -> new Path(kind(line.kind()), points(line.points(), top)))
            .toList(),
        chart.band().map(band -> corners(band, top)),
        chart.levels().stream()
            .map(
                level ->
                    new Across(y(level.amount(), top), level.isLimit() ? "limit" : "threshold", ""))
            .toList(),
        chart.marks().stream().map(mark -> mark(mark, top)).toList(),
        chart.lines().stream()
            .filter(line -> line.kind() == SpendChart.Kind.ACTUAL && !line.points().isEmpty())
            .map(line -> line.points().getLast())
            .map(last -> new Place(x(last.at()), y(last.amount(), top)))
            .findFirst());
  }

  /// Lines across at even steps, up to the top.
  static List<Across> grid(BigDecimal top, ConsoleText text, String currency) {
    List<Across> grid = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      Money amount =
          Money.rounded(
              top.multiply(BigDecimal.valueOf(i))
                  .divide(BigDecimal.valueOf(STEPS), Money.DECIMALS, RoundingMode.HALF_UP));
      grid.add(new Across(y(amount, top), "grid", text.amount(amount, currency).text()));
    }
    return grid;
  }

  private static Mark mark(SpendChart.Mark mark, BigDecimal top) {
    String at = "M" + x(mark.point().at()) + " " + y(mark.point().amount(), top);
    return new Mark(
        at + (mark.isRaised() ? "m0 -6l6 10h-12z" : "m-4 -4h8v8h-8z"),
        mark.isRaised(),
        mark.title());
  }

  private static String kind(SpendChart.Kind kind) {
    return switch (kind) {
      case ACTUAL -> "line";
      case BEFORE -> "before";
      case LIMIT -> "limit";
    };
  }

  /// The next amount above that people like to read.
  static BigDecimal top(BigDecimal highest) {
    if (highest.signum() <= 0) {
      return BigDecimal.ONE;
    }
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(highest.precision() - highest.scale() - 1);
    return NICE.stream()
        .map(unit::multiply)
        .filter(nice -> nice.compareTo(highest) >= 0)
        .findFirst()
        .orElse(highest);
  }

  private static String corners(Band band, BigDecimal top) {
    return points(
        List.of(
            band.from(),
            new Point(BigDecimal.ONE, band.high()),
            new Point(BigDecimal.ONE, band.low())),
        top);
  }

  private static String points(List<Point> points, BigDecimal top) {
    return points.stream()
        .map(point -> x(point.at()) + "," + y(point.amount(), top))
        .collect(Collectors.joining(" "));
  }

  private static String x(BigDecimal at) {
    return place(BigDecimal.valueOf(LEFT).add(at.multiply(BigDecimal.valueOf(RIGHT - LEFT))));
  }

  private static String y(Money amount, BigDecimal top) {
    return place(height(amount, top));
  }

  /// Where an amount is, from the upper edge.
  static BigDecimal height(Money amount, BigDecimal top) {
    BigDecimal share =
        amount.amount().max(BigDecimal.ZERO).divide(top, Money.DECIMALS, RoundingMode.HALF_UP);
    return BigDecimal.valueOf(BOTTOM).subtract(share.multiply(BigDecimal.valueOf(BOTTOM - TOP)));
  }

  static String place(BigDecimal value) {
    return value.setScale(1, RoundingMode.HALF_UP).toPlainString();
  }
}
