package dev.stipend.notification.message.chart;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a chart of a period shows: how spend went, against the lines it must not cross.
///
/// @param from where the time axis begins
/// @param until where it ends, after `from`
/// @param spend cumulative spend, ascending in time, at least two points
/// @param lines drawn across the chart
/// @param forecast where spend is expected to be at the end
/// @param labels what is written
public record BurnDownData(
    Instant from,
    Instant until,
    List<Point> spend,
    List<Line> lines,
    Optional<Range> forecast,
    Labels labels) {
  public BurnDownData {
    spend = List.copyOf(spend);
    lines = List.copyOf(lines);
    if (spend.size() < 2 || !from.isBefore(until)) {
      throw new IllegalArgumentException("a chart needs two points and some time");
    }
  }

  /// Spend up to a point in time.
  public record Point(Instant at, BigDecimal spend) {}

  /// A line at an amount.
  ///
  /// @param isLimit whether it is the limit itself
  public record Line(BigDecimal amount, String label, boolean isLimit) {}

  /// What is expected at the end, and between what in most cases.
  public record Range(BigDecimal low, BigDecimal amount, BigDecimal high) {}

  /// What is written besides the names of lines.
  ///
  /// @param from at the start of the time axis
  /// @param until at its end
  /// @param spend at the last point
  public record Labels(String from, String until, String spend) {}
}
