package dev.stipend.budget.chart;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Spend over a range of time.
///
/// @param lines what grows
/// @param band where it is expected to go
/// @param levels amounts that matter, such as a limit
/// @param marks what happened on the way
public record SpendChart(
    List<Line> lines, Optional<Band> band, List<Level> levels, List<Mark> marks) {
  /// One on whose way nothing happened.
  public SpendChart(List<Line> lines, Optional<Band> band, List<Level> levels) {
    this(lines, band, levels, List.of());
  }

  /// What a line shows.
  public enum Kind {
    /// What was spent.
    ACTUAL,
    /// What it is compared with.
    BEFORE,
    /// The limit, where it was not the same all the time.
    LIMIT
  }

  /// What was spent until a place in the range.
  ///
  /// @param at from 0 to 1
  public record Point(BigDecimal at, Money amount) {}

  /// What grows.
  ///
  /// @param points from left to right
  public record Line(Kind kind, List<Point> points) {}

  /// From where spend is now to what it is expected to be at the end of the range.
  public record Band(Point from, Money low, Money high) {}

  /// An amount that matters over the whole range.
  ///
  /// @param isLimit whether it is the limit itself, and not a threshold below it
  public record Level(Money amount, boolean isLimit) {}

  /// Something that happened.
  ///
  /// @param isRaised whether an alert was raised; it recovered otherwise
  /// @param title what it was, in the words of whoever looks
  public record Mark(Point point, boolean isRaised, String title) {}

  /// The highest amount that is shown.
  public Money top() {
    return Stream.of(
            lines.stream().flatMap(line -> line.points().stream()).map(Point::amount),
            band.stream().map(Band::high),
            levels.stream().map(Level::amount),
            marks.stream().map(mark -> mark.point().amount()))
        .flatMap(amounts -> amounts)
        .max(Money::compareTo)
        .orElse(Money.ZERO);
  }
}
