package dev.stipend.cli;

import dev.stipend.ingest.source.KeptRow;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.time.Period;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Lists rows of a source that are not counted yet.
@Command(
    name = "rows",
    description = "Lists rows that cannot be recorded, or whose cost is not final, newest first.",
    mixinStandardHelpOptions = true)
final class SourceRows implements Callable<Integer> {
  private static final int MOST = 1000;
  private static final String LINE = "%-30s %-30s %-10s %s%n";

  @ParentCommand private Source source;

  @Spec private CommandSpec spec;

  @Mixin private SourceOption option;

  @Override
  public Integer call() {
    try (ApplicationContext context = source.stipend().start()) {
      SpendSource found = option.find(context);
      List<KeptRow> rows =
          context
              .getBean(KeptRows.class)
              .page(
                  found.workspaceId(),
                  found.id(),
                  Period.FOREVER.truncatedTo(ChronoUnit.SECONDS),
                  "",
                  MOST);
      PrintWriter out = spec.commandLine().getOut();
      if (rows.isEmpty()) {
        out.println("All rows are recorded.");
      } else {
        out.printf(LINE, "ROW", "TIME", "STATE", "REASON");
        rows.forEach(
            row ->
                out.printf(
                    LINE,
                    row.rowId(),
                    row.occurredAt(),
                    row.rejected() ? "rejected" : "waiting",
                    row.reason()));
        if (rows.size() == MOST) {
          out.printf("Only the newest %,d are listed.%n", MOST);
        }
      }
      out.flush();
      return ExitCode.OK;
    }
  }
}
