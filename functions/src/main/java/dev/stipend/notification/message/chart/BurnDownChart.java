package dev.stipend.notification.message.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Draws burn-down charts, at twice the size they are shown at, so that fine screens show them
/// fine.
public final class BurnDownChart {
  /// The width at which a picture is to be shown, in pixels.
  public static final int SHOWN_WIDTH = 560;

  /// The height at which a picture is to be shown, in pixels.
  public static final int SHOWN_HEIGHT = 220;

  private static final int WIDTH = 2 * SHOWN_WIDTH;
  private static final int HEIGHT = 2 * SHOWN_HEIGHT;
  private static final Rectangle2D PLOT = new Rectangle2D.Double(24, 20, WIDTH - 48, HEIGHT - 76);
  private static final double TEXT = 24;
  private static final double GAP = 9;

  private static final Color PAPER = Color.WHITE;
  private static final Color QUIET = new Color(0x59636e);
  private static final Color AXIS = new Color(0xd0d7de);
  private static final Color SPEND = new Color(0x0969da);
  private static final Color AREA = new Color(0x09, 0x69, 0xda, 40);
  private static final Color EXPECTED = new Color(0x09, 0x69, 0xda, 24);
  private static final Color LIMIT = new Color(0xcf222e);
  private static final Color LINE = new Color(0x9a6700);

  private final BurnDownData chart;
  private final Scale scale;
  private final Graphics2D graphics;

  private BurnDownChart(BurnDownData chart, Graphics2D graphics) {
    this.chart = chart;
    this.scale = Scale.of(chart, PLOT);
    this.graphics = graphics;
  }

  /// The chart as a PNG.
  public static byte[] png(BurnDownData chart) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      new BurnDownChart(chart, graphics).draw();
    } finally {
      graphics.dispose();
    }
    return encode(image);
  }

  private void draw() {
    graphics.setColor(PAPER);
    graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    graphics.clip(PLOT);
    drawForecast();
    drawSpend();
    graphics.setClip(null);
    drawLines();
    drawTimeAxis();
    drawLastPoint();
  }

  private void drawSpend() {
    Path2D line = new Path2D.Double();
    List<Point2D> points = chart.spend().stream().map(scale::place).toList();
    line.moveTo(points.getFirst().getX(), points.getFirst().getY());
    points.forEach(point -> line.lineTo(point.getX(), point.getY()));
    Path2D area = new Path2D.Double(line);
    area.lineTo(points.getLast().getX(), PLOT.getMaxY());
    area.lineTo(points.getFirst().getX(), PLOT.getMaxY());
    area.closePath();
    graphics.setColor(AREA);
    graphics.fill(area);
    graphics.setColor(SPEND);
    graphics.setStroke(new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(line);
  }

  private void drawForecast() {
    chart
        .forecast()
        .ifPresent(
            range -> {
              Point2D now = lastPoint();
              double low = scale.y(range.low());
              double high = scale.y(range.high());
              Path2D fan = new Path2D.Double();
              fan.moveTo(now.getX(), now.getY());
              fan.lineTo(PLOT.getMaxX(), high);
              fan.lineTo(PLOT.getMaxX(), low);
              fan.closePath();
              graphics.setColor(EXPECTED);
              graphics.fill(fan);
              graphics.setColor(SPEND);
              for (double end : List.of(low, scale.y(range.amount()), high)) {
                graphics.setStroke(dashes(end == low || end == high ? 2 : 4));
                graphics.draw(new Line2D.Double(now, new Point2D.Double(PLOT.getMaxX(), end)));
              }
            });
  }

  /// Names stand on their lines, or hang below where two lines are close.
  private void drawLines() {
    double above = Double.NEGATIVE_INFINITY;
    List<BurnDownData.Line> fromTheTop =
        chart.lines().stream()
            .sorted(Comparator.comparing(BurnDownData.Line::amount).reversed())
            .toList();
    for (BurnDownData.Line line : fromTheTop) {
      double y = scale.y(line.amount());
      graphics.setColor(line.isLimit() ? LIMIT : LINE);
      graphics.setStroke(new BasicStroke(line.isLimit() ? 4 : 3));
      graphics.draw(new Line2D.Double(PLOT.getMinX(), y, PLOT.getMaxX(), y));
      boolean hangs = y - above < TEXT + 2 * GAP || y - TEXT - GAP < 0;
      write(line.label(), lineLabelX(line.label()), hangs ? y + TEXT + 2 : y - GAP);
      above = hangs ? y + TEXT : y;
    }
  }

  /// Where the curve is not: at the start, unless the curve has not come further yet.
  private double lineLabelX(String label) {
    double width = Glyphs.width(label, TEXT);
    boolean isYoung = lastPoint().getX() < PLOT.getMinX() + width + 4 * GAP;
    return isYoung ? PLOT.getMaxX() - width - GAP : PLOT.getMinX() + GAP;
  }

  private void drawTimeAxis() {
    graphics.setColor(AXIS);
    graphics.setStroke(new BasicStroke(2));
    graphics.draw(
        new Line2D.Double(PLOT.getMinX(), PLOT.getMaxY(), PLOT.getMaxX(), PLOT.getMaxY()));
    graphics.setColor(QUIET);
    double baseline = PLOT.getMaxY() + TEXT + 2 * GAP;
    write(chart.labels().from(), PLOT.getMinX(), baseline);
    String until = chart.labels().until();
    write(until, PLOT.getMaxX() - Glyphs.width(until, TEXT), baseline);
  }

  private void drawLastPoint() {
    Point2D last = lastPoint();
    graphics.setColor(PAPER);
    graphics.fill(dot(last, 11));
    graphics.setColor(SPEND);
    graphics.fill(dot(last, 8));
    String label = chart.labels().spend();
    double width = Glyphs.width(label, TEXT);
    boolean isLate = last.getX() + 2 * GAP + width > PLOT.getMaxX();
    double x = isLate ? last.getX() - width - 2 * GAP : last.getX() + 2 * GAP;
    double y = Math.min(belowLines(last.getY() + TEXT + GAP), PLOT.getMaxY() - GAP);
    graphics.setColor(new Color(0xff, 0xff, 0xff, 200));
    graphics.fill(new Rectangle2D.Double(x - 4, y - TEXT + 2, width + 8, TEXT + 6));
    graphics.setColor(SPEND);
    write(label, x, y);
  }

  /// The baseline, or a lower one where a line would go through the text.
  private double belowLines(double baseline) {
    return chart.lines().stream()
        .mapToDouble(line -> scale.y(line.amount()))
        .filter(y -> y > baseline - TEXT - GAP && y < baseline + GAP)
        .map(y -> y + TEXT + GAP)
        .max()
        .orElse(baseline);
  }

  private Point2D lastPoint() {
    return scale.place(chart.spend().getLast());
  }

  private void write(String text, double x, double baseline) {
    Glyphs.draw(graphics, text, x, baseline, TEXT);
  }

  private static Ellipse2D dot(Point2D middle, double radius) {
    return new Ellipse2D.Double(
        middle.getX() - radius, middle.getY() - radius, 2 * radius, 2 * radius);
  }

  private static BasicStroke dashes(float width) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {12, 9}, 0);
  }

  private static byte[] encode(BufferedImage image) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      // In memory: ImageIO would keep a file of its own otherwise.
      try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
        ImageIO.write(image, "png", out);
      }
      return bytes.toByteArray();
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
  }
}
