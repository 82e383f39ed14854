package dev.stipend.cli;

import dev.stipend.bulk.ImportCounts;
import dev.stipend.bulk.ImportReport;
import dev.stipend.bulk.UsageImport;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
      "Records the usage in a file, of any age: CSV with a header, or JSON lines in any form that"
          + " the usage queue takes (.csv, .jsonl, .ndjson; also .gz).",
      "An import that was stopped goes on where it was; a file that is done is not read again."
          + " What cannot be recorded goes to NAME.rejected.csv beside NAME.csv, or to"
          + " NAME.jsonl.rejected.csv and so on, with the reason."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:could not be done, or some rows were rejected",
      "2:called wrongly"
    })
final class UsageImportFile implements Callable<Integer> {
  private static final Duration LINE_EVERY = Duration.ofSeconds(2);

  @ParentCommand private Usage usage;

  @Spec private CommandSpec spec;

  @Mixin private WorkspaceOption workspace;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--assume",
      paramLabel = "COLUMN=VALUE",
      description =
          "A value where the file has none, as provider=openai; for user_id, agent_id, workflow_id,"
              + " team_id, provider, model.")
  private Map<String, String> assumed = new TreeMap<>();

  @Override
  public Integer call() {
    try (ApplicationContext context = usage.stipend().start()) {
      ImportReport report =
          context
              .getBean(UsageImport.class)
              .run(workspace.find(context), file, assumed, new Lines()::print);
      print(report);
      return report.counts().rejected() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void print(ImportReport report) {
    PrintWriter out = spec.commandLine().getOut();
    ImportCounts counts = report.counts();
    if (report.rowsBefore() > 0) {
      out.printf("%,d rows were done before%n", report.rowsBefore());
    }
    out.printf(
        "%,d rows: %,d recorded (%,d unpriced), %,d duplicate, %,d rejected%n",
        counts.rows(),
        counts.recorded(),
        counts.unpriced(),
        counts.duplicates(),
        counts.rejected());
    report.rejections().ifPresent(path -> out.printf("Rejected rows, with reasons: %s%n", path));
    out.flush();
  }

  /// Tells the progress: a line now and then.
  private final class Lines {
    private final long start = System.nanoTime();
    private long nextLine = start;
    private long firstRows = -1;

    void print(ImportCounts counts, long bytesRead, long bytes) {
      firstRows = firstRows < 0 ? counts.rows() : firstRows;
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
