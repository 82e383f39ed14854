package dev.stipend.concurrency;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The command that imports, killed in the middle.
@ExtendWith(StipendExtension.class)
class KilledImportTest {
  private static final int ROWS = 120_000;

  @TempDir Path folder;

  @Test
  void anImportThatIsKilledGoesOnAndCountsEveryRowOnce(Stipend stipend)
      throws IOException, InterruptedException {
    stipend.database.execute("TRUNCATE stipend.usage_imports");
    Path file = folder.resolve("usage.csv");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.println("occurred_at,user_id,model,cost");
      Instant at = Instant.parse("2025-01-01T00:00:00Z");
      for (int n = 0; n < ROWS; n++) {
        out.println(at.plusSeconds(n * 60L) + ",user-" + n % 9 + ",gpt-4o,0.01");
      }
    }
    Process killed = start(stipend, file);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !stipend.database.rows("SELECT 1 FROM stipend.usage_logs LIMIT 1").isEmpty());
    killed.destroyForcibly().waitFor();
    long before = Long.parseLong(rowsDone(stipend));
    assertThat(before).isPositive().isLessThan(ROWS);
    assertThat(start(stipend, file).waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("out")))
        .contains("In total: 120,000 rows: 120,000 recorded (0 unpriced), 0 duplicate, 0 rejected");
    assertThat(rowsDone(stipend)).isEqualTo(Integer.toString(ROWS));
    assertThat(stipend.database.value("SELECT count(*), sum(cost) FROM stipend.usage_logs"))
        .isEqualTo("120000|1200.000000000000");
    assertThat(stipend.database.value("SELECT sum(requests), sum(cost) FROM stipend.cost_tracking"))
        .isEqualTo("120000|1200.000000000000");
  }

  private static String rowsDone(Stipend stipend) {
    return stipend.database.value("SELECT rows_done FROM stipend.usage_imports");
  }

  private Process start(Stipend stipend, Path file) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stipend.cli.Main",
                "usage",
                "import",
                file.toString()));
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    builder
        .environment()
        .put("DATABASE_URL", String.valueOf(stipend.settings().get("database.url")));
    return builder.start();
  }
}
