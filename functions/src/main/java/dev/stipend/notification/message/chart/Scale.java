package dev.stipend.notification.message.chart;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/// Where points in time and amounts are on a plot.
///
/// @param from the time at the left
/// @param seconds from the left to the right
/// @param most the amount at the top
record Scale(Rectangle2D plot, Instant from, double seconds, double most) {
  /// Air above the highest line.
  private static final double AIR = 1.15;

  /// A forecast may be far above everything else; it does not flatten what has been spent by more
  /// than this.
  private static final double MOST_FORESEEN = 2;

  static Scale of(BurnDownData chart, Rectangle2D plot) {
    double known =
        Stream.concat(
                chart.spend().stream().map(BurnDownData.Point::spend),
                chart.lines().stream().map(BurnDownData.Line::amount))
            .mapToDouble(BigDecimal::doubleValue)
            .max()
            .orElse(0);
    double foreseen = chart.forecast().map(range -> range.high().doubleValue()).orElse(0.0);
    double highest = Math.max(known, Math.min(foreseen, known * MOST_FORESEEN));
    Duration span = Duration.between(chart.from(), chart.until());
    return new Scale(plot, chart.from(), span.toSeconds(), highest > 0 ? highest * AIR : 1);
  }

  Point2D place(BurnDownData.Point point) {
    return new Point2D.Double(x(point.at()), y(point.spend()));
  }

  double y(BigDecimal amount) {
    return plot.getMaxY() - plot.getHeight() * amount.doubleValue() / most;
  }

  private double x(Instant at) {
    double share = Duration.between(from, at).toSeconds() / seconds;
    return plot.getMinX() + plot.getWidth() * Math.clamp(share, 0, 1);
  }
}
