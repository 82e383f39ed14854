package dev.stipend.console.chart;

import dev.stipend.budget.chart.StackedBars;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Stacked bars as shapes.
///
/// @param grid lines across, each with its amount
/// @param columns bars from left to right
/// @param names of some of them, so many as have room
public record BarsPicture(List<ChartPicture.Across> grid, List<Column> columns, List<Name> names) {
  private static final int MOST_NAMES = 4;
  private static final BigDecimal FILLED = new BigDecimal("0.8");
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /// A bar.
  ///
  /// @param title what it says when somebody points at it
  public record Column(String title, List<Piece> pieces) {}

  /// A part of a bar.
  ///
  /// @param place of the part among all, from 1 on, which decides its colour
  public record Piece(int place, String x, String y, String width, String height) {}

  /// The name of a bar.
  ///
  /// @param isMinor whether it is left out where there is little room
  public record Name(String x, String text, boolean isMinor) {}

  /// Draws bars.
  ///
  /// @param places the colour of each part, in their order
  public static BarsPicture of(
      StackedBars chart, List<Integer> places, ConsoleText text, String currency) {
    BigDecimal top = ChartPicture.top(chart.top().amount());
    List<Column> columns = new ArrayList<>();
    List<Name> names = new ArrayList<>();
    int count = chart.bars().size();
    BigDecimal step =
        BigDecimal.valueOf(ChartPicture.RIGHT - ChartPicture.LEFT)
            .divide(BigDecimal.valueOf(Math.max(count, 1)), Money.DECIMALS, RoundingMode.DOWN);
    int every = (count + MOST_NAMES - 1) / MOST_NAMES;
    for (int i = 0; i < count; i++) {
      StackedBars.Bar bar = chart.bars().get(i);
      BigDecimal left =
          BigDecimal.valueOf(ChartPicture.LEFT).add(step.multiply(BigDecimal.valueOf(i)));
      columns.add(
          new Column(
              bar.name() + ": " + text.amount(bar.total(), currency).text(),
              pieces(bar, places, left, step.multiply(FILLED), top)));
      if (i % every == 0) {
        names.add(
            new Name(
                ChartPicture.place(left.add(step.multiply(HALF))),
                bar.name(),
                names.size() % 2 == 1));
      }
    }
    return new BarsPicture(ChartPicture.grid(top, text, currency), columns, names);
  }

  private static List<Piece> pieces(
      StackedBars.Bar bar,
      List<Integer> places,
      BigDecimal left,
      BigDecimal width,
      BigDecimal top) {
    List<Piece> pieces = new ArrayList<>();
    Money below = Money.ZERO;
    for (int i = 0; i < bar.parts().size(); i++) {
      Money part = bar.parts().get(i).orZero();
      if (part.isPositive()) {
        Money above = below.plus(part);
        BigDecimal y = ChartPicture.height(above, top);
        pieces.add(
            new Piece(
                places.get(i),
                ChartPicture.place(left),
                ChartPicture.place(y),
                ChartPicture.place(width),
                ChartPicture.place(ChartPicture.height(below, top).subtract(y))));
        below = above;
      }
    }
    return pieces;
  }
}
