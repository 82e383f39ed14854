package dev.stipend.notification.message.chart;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Draws a chart in a process of its own.
final class ChartMain {
  private ChartMain() {}

  public static void main(String[] arguments) throws IOException {
    Files.write(
        Path.of(arguments[0]),
        BurnDownChart.png(
            BurnDownChartTest.chart(
                List.of(new BurnDownData.Line(BigDecimal.ONE, "100 % de 1,00 €", true)),
                Optional.empty(),
                "0",
                "0.3",
                "0.4")));
  }
}
