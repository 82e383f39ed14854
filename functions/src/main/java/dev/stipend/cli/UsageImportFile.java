package dev.stipend.cli;

import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.ImportProgress;
import dev.stipend.ingest.bulk.ImportReport;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.ImportUsage;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Imports a file of usage of any age.
@Command(
    name = "import",
    description = {
      "Records usage of any age from a file: CSV with a header, or JSON lines in any form that"
          + " the usage queue accepts (.csv, .jsonl, .ndjson; also .gz).",
      "A stopped import continues where it stopped; a finished file is not read again."
          + " Rejected rows go to NAME.rejected.csv beside NAME.csv, or to"
          + " NAME.jsonl.rejected.csv and so on, with the reason."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed, or some rows were rejected", "2:usage error"})
final class UsageImportFile implements Callable<Integer> {
  private static final Duration LINE_EVERY = Duration.ofSeconds(2);
  private static final int MOST_TOLD = 20;

  @ParentCommand private Usage usage;

  @Spec private CommandSpec spec;

  @Mixin private WorkspaceOption workspace;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--assume",
      paramLabel = "COLUMN=VALUE",
      description =
          "A value to use where the file has none, such as provider=openai; for user_id, agent_id,"
              + " workflow_id, team_id, provider, model.")
  private Map<String, String> assumed = new TreeMap<>();

  @Option(
      names = "--dry-run",
      description = "Read and check all rows, and print what an import would do; write nothing.")
  private boolean dryRun;

  private int toldRejected;

  @Override
  public Integer call() {
    try (ApplicationContext context = usage.stipend().start()) {
      ImportUsage imports = context.getBean(ImportUsage.class);
      Workspace where = workspace.find(context);
      ImportReport report =
          dryRun
              ? imports.tryOut(where, file, assumed, this::printRejected)
              : imports.run(where, file, assumed, new Lines());
      print(report);
      return report.counts().rejected() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void printRejected(String reason, long row) {
    if (toldRejected++ < MOST_TOLD) {
      spec.commandLine().getOut().printf("Row %,d would be rejected: %s%n", row, reason);
    }
  }

  private void print(ImportReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (report.finishedBefore().isPresent()) {
      out.printf(
          "Already imported on %s: nothing new.%n",
          report.finishedBefore().get().truncatedTo(ChronoUnit.SECONDS));
      out.printf("The result was: %s%n", text(report.counts()));
    } else {
      if (report.rowsBefore() > 0) {
        out.printf("%,d rows were imported before.%n", report.rowsBefore());
      }
      out.printf(
          "%s%s%n",
          dryRun ? "Nothing is written; the import would be: " : "",
          text(report.counts().minus(report.before())));
      if (report.rowsBefore() > 0) {
        out.printf("In total: %s%n", text(report.counts()));
      }
    }
    report.rejections().ifPresent(path -> out.printf("Rejected rows, with reasons: %s%n", path));
    out.flush();
  }

  private static String text(ImportCounts counts) {
    return "%,d rows: %,d recorded (%,d unpriced), %,d duplicate, %,d rejected"
        .formatted(
            counts.rows(),
            counts.recorded(),
            counts.unpriced(),
            counts.duplicates(),
            counts.rejected());
  }

  /// Tells the progress: a line now and then.
  private final class Lines implements ImportProgress {
    private final long start = System.nanoTime();
    private long nextLine = start;
    private long firstRows;

    @Override
    public void begins(ImportCounts before) {
      firstRows = before.rows();
      PrintWriter err = spec.commandLine().getErr();
      err.println("starting");
      err.flush();
    }

    @Override
    public void at(ImportCounts counts, long bytesRead, long bytes) {
      long now = System.nanoTime();
      if (now < nextLine) {
        return;
      }
      nextLine = now + LINE_EVERY.toNanos();
      double seconds = Math.max(1e-9, (now - start) / 1e9);
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "%,d rows, %d %% of the file, %,.0f rows/s%n",
          counts.rows(),
          bytesRead * 100 / Math.max(1, bytes),
          (counts.rows() - firstRows) / seconds);
      err.flush();
    }
  }
}
