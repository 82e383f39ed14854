package dev.stipend.notification.message.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.support.Golden;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BurnDownChartTest {
  private static final Instant FROM = Instant.parse("2026-11-19T23:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-11-20T23:00:00Z");
  private static final BurnDownData.Line LIMIT =
      new BurnDownData.Line(BigDecimal.ONE, "100 % of $1.00", true);
  private static final BurnDownData.Line WARNING =
      new BurnDownData.Line(new BigDecimal("0.80"), "80 % of $1.00", false);

  static BurnDownData chart(
      List<BurnDownData.Line> lines, Optional<BurnDownData.Range> forecast, String... at) {
    List<BurnDownData.Point> points = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      points.add(new BurnDownData.Point(FROM.plusSeconds(i * 7200L), new BigDecimal(at[i])));
    }
    return new BurnDownData(
        FROM,
        UNTIL,
        points,
        lines,
        forecast,
        new BurnDownData.Labels("Fri 20 Nov, 00:00", "Sat 21 Nov, 00:00", "$" + at[at.length - 1]));
  }

  private static Optional<BurnDownData.Range> forecast(String low, String amount, String high) {
    return Optional.of(
        new BurnDownData.Range(new BigDecimal(low), new BigDecimal(amount), new BigDecimal(high)));
  }

  private static BufferedImage drawn(BurnDownData chart) {
    try {
      return ImageIO.read(new ByteArrayInputStream(BurnDownChart.png(chart)));
    } catch (IOException noPng) {
      throw new UncheckedIOException(noPng);
    }
  }

  /// Pixels of exactly this colour, from a height down to another, in shares of the picture.
  private static long count(BufferedImage image, int colour, double from, double until) {
    long count = 0;
    for (int y = (int) (from * image.getHeight()); y < until * image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void forecastLooksAsAgreed() {
    Golden.assertLooksLike(
        "chart-forecast.png",
        BurnDownChart.png(
            chart(
                List.of(LIMIT, WARNING),
                forecast("0.95", "1.21", "1.44"),
                "0",
                "0.02",
                "0.03",
                "0.20",
                "0.45",
                "0.50",
                "0.62")));
  }

  @Test
  void spendAboveTheLimitAndLinesCloseToEachOtherLookAsAgreed() {
    BurnDownData.Line close = new BurnDownData.Line(new BigDecimal("0.97"), "97 % of €1.00", false);
    Golden.assertLooksLike(
        "chart-exceeded.png",
        BurnDownChart.png(
            chart(
                List.of(close, LIMIT),
                Optional.empty(),
                "0",
                "0.1",
                "0.1",
                "0.4",
                "0.6",
                "0.6",
                "0.9",
                "1",
                "1.2",
                "1.3",
                "1.3",
                "1.5",
                "1.6")));
  }

  @Test
  void sameInputIsTheSamePicture() {
    BurnDownData chart = chart(List.of(LIMIT), forecast("1", "2", "3"), "0", "0.5");
    assertThat(BurnDownChart.png(chart)).isEqualTo(BurnDownChart.png(chart));
  }

  @Test
  void pictureIsTwiceTheSizeItIsShownAt() {
    BufferedImage image = drawn(chart(List.of(LIMIT), Optional.empty(), "0", "1"));
    assertThat(image.getWidth()).isEqualTo(2 * BurnDownChart.SHOWN_WIDTH);
    assertThat(image.getHeight()).isEqualTo(2 * BurnDownChart.SHOWN_HEIGHT);
  }

  @Test
  void forecastFarAboveDoesNotFlattenTheRest() {
    BufferedImage image =
        drawn(chart(List.of(LIMIT), forecast("1", "500", "1000000"), "0", "0.5", "0.9"));
    assertThat(count(image, 0xcf222e, 0, 0.8)).as("the limit's line").isGreaterThan(2000);
  }

  @Test
  void nothingSpentAndNoLimitIsAChartToo() {
    BurnDownData.Line nothing = new BurnDownData.Line(BigDecimal.ZERO, "100 % of $0.00", true);
    assertThat(drawn(chart(List.of(nothing), Optional.empty(), "0", "0")).getWidth())
        .isEqualTo(2 * BurnDownChart.SHOWN_WIDTH);
    assertThat(drawn(chart(List.of(LIMIT), Optional.empty(), "0", "-3")).getWidth())
        .isEqualTo(2 * BurnDownChart.SHOWN_WIDTH);
  }

  @Test
  void oneOrNoPointIsNoChart() {
    assertThatThrownBy(() -> chart(List.of(LIMIT), Optional.empty(), "0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// What no outline is known of is shown as a question mark, not left out.
  @Test
  void unknownCharactersAreShown() {
    assertThat(Glyphs.width("予", 20)).isEqualTo(Glyphs.width("?", 20));
    assertThat(Glyphs.width("ñ€₹…", 20)).isNotEqualTo(Glyphs.width("????", 20));
  }

  /// Neither fontconfig nor fonts are there, and Java's own font code is not even loaded: a machine
  /// that lacks its libraries would not notice.
  @Test
  void chartIsDrawnWithoutFontsAndWithoutJavasFontCode(@TempDir Path empty) throws Exception {
    Path picture = empty.resolve("chart.png");
    Path log = empty.resolve("log");
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load,library:file=" + log,
            "-Djava.awt.headless=true",
            "-classpath",
            System.getProperty("java.class.path"),
            ChartMain.class.getName(),
            picture.toString());
    child.environment().put("FONTCONFIG_FILE", empty.resolve("none.conf").toString());
    child.environment().put("FONTCONFIG_PATH", empty.toString());
    child.environment().put("HOME", empty.toString());
    child.environment().remove("DISPLAY");
    Process running = child.redirectErrorStream(true).start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(running.exitValue()).as(said).isZero();

    Golden.assertLooksLike("chart-without-fonts.png", Files.readAllBytes(picture));
    try (Stream<String> lines = Files.lines(log)) {
      assertThat(lines)
          .anyMatch(line -> line.contains("dev.stipend.notification.message.chart.BurnDownChart"))
          .noneMatch(line -> line.contains("sun.font.SunFontManager"))
          .noneMatch(line -> line.contains("fontmanager"));
    }
  }
}
