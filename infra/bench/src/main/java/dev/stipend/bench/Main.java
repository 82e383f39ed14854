package dev.stipend.bench;

import dev.stipend.bench.console.ConsoleBenchmark;
import dev.stipend.bench.enforcement.EnforcementBenchmark;
import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.evaluation.SweepBenchmark;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.FigureTable;
import dev.stipend.bench.figure.Heap;
import dev.stipend.bench.forecast.ForecastBenchmark;
import dev.stipend.bench.forecast.UnusualActivityBenchmark;
import dev.stipend.bench.recording.ImportBenchmark;
import dev.stipend.bench.recording.ReconcileBenchmark;
import dev.stipend.bench.recording.RecordingBenchmark;
import dev.stipend.bench.recording.ScaleBenchmark;
import dev.stipend.bench.recording.SourceBenchmark;
import dev.stipend.bench.spend.SpendBenchmark;
import java.util.ArrayList;
import java.util.List;

/// Runs the benchmarks that `-Dstipend.bench` names, prints their figures, and exits with 1 when
/// one misses what is required.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    String chosen = System.getProperty("stipend.bench", "all");
    List<Figure> figures = new ArrayList<>();
    try (PostgresServer postgres = PostgresServer.start();
        AlertsQueue queue = AlertsQueue.start()) {
      System.out.println(postgres.describe());
      switch (chosen) {
        case "record" -> figures.addAll(RecordingBenchmark.run(postgres, queue));
        case "sweep" -> figures.addAll(SweepBenchmark.run(postgres, queue));
        case "import" -> figures.addAll(ImportBenchmark.run(postgres, queue));
        case "source" -> figures.addAll(SourceBenchmark.run(postgres, queue));
        case "enforce" -> figures.addAll(EnforcementBenchmark.run(postgres, queue));
        case "reconcile" -> figures.addAll(ReconcileBenchmark.run(postgres, queue));
        case "scale" -> figures.addAll(ScaleBenchmark.run(postgres, queue));
        case "spend" -> figures.addAll(SpendBenchmark.run(postgres, queue));
        case "migrate" -> figures.addAll(MigrationBenchmark.run(postgres));
        case "forecast" -> figures.addAll(forecasts());
        case "render" -> figures.addAll(RenderBenchmark.run());
        case "console" -> figures.addAll(ConsoleBenchmark.run(postgres, queue));
        case "coldstart" -> figures.addAll(ColdStartBenchmark.run(postgres));
        case "all" -> {
          figures.addAll(RecordingBenchmark.run(postgres, queue));
          figures.addAll(SweepBenchmark.run(postgres, queue));
          figures.addAll(ImportBenchmark.run(postgres, queue));
          figures.addAll(SourceBenchmark.run(postgres, queue));
          figures.addAll(EnforcementBenchmark.run(postgres, queue));
          figures.addAll(ReconcileBenchmark.run(postgres, queue));
          figures.addAll(ScaleBenchmark.run(postgres, queue));
          figures.addAll(SpendBenchmark.run(postgres, queue));
          figures.addAll(forecasts());
          figures.addAll(RenderBenchmark.run());
          figures.addAll(ConsoleBenchmark.run(postgres, queue));
          figures.addAll(MigrationBenchmark.run(postgres));
          figures.addAll(ColdStartBenchmark.run(postgres));
        }
        default ->
            throw new IllegalArgumentException(
                "stipend.bench is record, sweep, import, source, enforce, reconcile, scale,"
                    + " spend, forecast, render, console, migrate, coldstart or all, not "
                    + chosen);
      }
    }
    figures.add(Heap.figure());
    System.out.print(FigureTable.format(figures));
    System.exit(figures.stream().allMatch(Figure::isOk) ? 0 : 1);
  }

  private static List<Figure> forecasts() {
    List<Figure> figures = new ArrayList<>(ForecastBenchmark.run());
    figures.addAll(UnusualActivityBenchmark.run());
    return figures;
  }
}
