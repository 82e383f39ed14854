package dev.stipend.cli;

import dev.stipend.budget.mirror.MirroredBudget;
import dev.stipend.budget.mirror.MirroredBudgets;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Lists which rows of an application are budgets.
@Command(
    name = "budgets",
    description =
        "Lists the rows of an application that limit spend: which budget each is, or why none.",
    mixinStandardHelpOptions = true)
final class SourceBudgets implements Callable<Integer> {
  private static final String LINE = "%-14s %-12s %-36s %s%n";

  @ParentCommand private Source source;

  @Spec private CommandSpec spec;

  @Mixin private SourceOption option;

  @Override
  public Integer call() {
    try (ApplicationContext context = source.stipend().start()) {
      List<MirroredBudget> rows = context.getBean(MirroredBudgets.class).all(option.find(context));
      PrintWriter out = spec.commandLine().getOut();
      if (rows.isEmpty()) {
        out.println("There is none.");
      } else {
        out.printf(LINE, "TABLE", "ROW", "BUDGET", "WHY NONE");
        rows.forEach(
            row ->
                out.printf(
                    LINE,
                    row.table(),
                    row.id(),
                    row.budgetId().map(UUID::toString).orElse("-"),
                    row.reason().orElse("")));
      }
      out.flush();
      return ExitCode.OK;
    }
  }
}
