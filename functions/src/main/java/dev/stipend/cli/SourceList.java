package dev.stipend.cli;

import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.usecase.source.SourceStanding;
import dev.stipend.usecase.source.SourceStandings;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Lists sources and how they stand.
@Command(
    name = "list",
    description = "Lists sources and how they stand.",
    mixinStandardHelpOptions = true)
final class SourceList implements Callable<Integer> {
  private static final String LINE = "%-20s %-12s %-40s %12s %9s %9s  %-20s %s%n";

  @ParentCommand private Source source;

  @Spec private CommandSpec spec;

  @Mixin private WorkspaceOption workspace;

  @Override
  public Integer call() {
    try (ApplicationContext context = source.stipend().start()) {
      UUID where = workspace.find(context).id();
      List<SourceStanding> all = context.getBean(SourceStandings.class).list(where);
      PrintWriter out = spec.commandLine().getOut();
      if (all.isEmpty()) {
        out.println("There is no source; stipend source connect makes one.");
      } else {
        out.printf(
            LINE,
            "NAME",
            "STATE",
            "RELATION",
            "RECORDED",
            "WAITING",
            "REJECTED",
            "PULLED",
            "NEWEST ROW");
        all.forEach(one -> print(out, one));
      }
      out.flush();
      return ExitCode.OK;
    }
  }

  private static void print(PrintWriter out, SourceStanding standing) {
    SpendSource one = standing.source();
    out.printf(
        LINE,
        one.settings().name(),
        one.state(),
        one.settings().schema() + "." + one.settings().relation(),
        "%,d".formatted(one.recorded()),
        "%,d".formatted(standing.rows().waiting()),
        "%,d".formatted(standing.rows().rejected()),
        time(one.pulledAt()),
        time(one.newestRowAt()));
    one.lastError().ifPresent(error -> out.printf("  %s%n", error));
    if (one.ahead() > 0) {
      out.printf("  %,d rows have a time that is still to come; they count then.%n", one.ahead());
    }
    one.writeError().ifPresent(error -> out.printf("  %s%n", error));
    budgets(out, one, standing.budgets());
  }

  private static void budgets(PrintWriter out, SpendSource one, MirroredBudgets.Counts counts) {
    if (one.settings().mirrorsBudgets()) {
      out.printf(
          "  %,d of its rows are budgets%s.%n",
          counts.budgets(),
          counts.others() == 0
              ? ""
              : ", %,d are none; stipend source budgets %s says why"
                  .formatted(counts.others(), one.settings().name()));
      one.mirrorError().ifPresent(error -> out.printf("  %s%n", error));
    }
  }

  private static String time(Optional<Instant> at) {
    return at.map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
  }
}
