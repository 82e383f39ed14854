package dev.stipend.bench.recording;

import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.ingest.bulk.ImportCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Importing CSV files of usage: of last year, and of the last hours, where the ids of the live
/// path are claimed too.
public final class ImportBenchmark {
  private static final String DATABASE = "importing";
  private static final int WARM_UP_ROWS = 100_000;
  private static final int ROWS = Integer.getInteger("stipend.bench.rows", 1_000_000);
  private static final double REQUIRED_ROWS_A_SECOND = 40_000;
  private static final Duration YEAR = Duration.ofDays(365);

  private ImportBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    String url = postgres.create(DATABASE);
    try (StipendUnderTest stipend = new StipendUnderTest(url, queue);
        Connection connection = postgres.connect(DATABASE, Map.of())) {
      HotBudgets.create(connection);
      Instant now = Instant.now();
      importRows(stipend, "warm-up", WARM_UP_ROWS, now.minus(YEAR));
      List<Figure> figures = new ArrayList<>();
      figures.add(
          figure(
              "import of last year's CSV",
              importRows(stipend, "old", ROWS, now.minus(YEAR)),
              new Figure.Requirement.AtLeast(REQUIRED_ROWS_A_SECOND)));
      figures.add(
          figure(
              "import of the last hours' CSV",
              importRows(stipend, "recent", ROWS, now),
              new Figure.Requirement.AtLeast(REQUIRED_ROWS_A_SECOND)));
      return figures;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Figure figure(String name, double rate, Figure.Requirement required) {
    return new Figure(name, "rows/s", rate, OptionalDouble.empty(), required);
  }

  /// Answers the rows a second, from opening the file to the last commit.
  private static double importRows(StipendUnderTest stipend, String name, int rows, Instant until) {
    try {
      Path file = Files.createTempFile("stipend-" + name, ".csv");
      try {
        write(file, new UsageSample(7, name, until, rows), rows);
        long start = System.nanoTime();
        ImportCounts counts = stipend.importFile(file);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (counts.recorded() != rows) {
          throw new IllegalStateException("not all rows were recorded: " + counts);
        }
        return rows / seconds;
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void write(Path file, UsageSample sample, int rows) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.println(
          "event_id,occurred_at,user_id,agent_id,workflow_id,team_id,provider,model,input_tokens,"
              + "cached_input_tokens,output_tokens");
      for (int written = 0; written < rows; written += UsageSample.BATCH) {
        for (SampleEvent event : sample.batch()) {
          out.println(event.csv());
        }
      }
    }
  }
}
