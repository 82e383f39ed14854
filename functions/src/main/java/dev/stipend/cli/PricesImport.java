package dev.stipend.cli;

import dev.stipend.ingest.price.list.ParsedPriceFile;
import dev.stipend.ingest.price.list.PriceImport;
import dev.stipend.ingest.price.list.PricesImported;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Sets a workspace's own prices from a file.
@Command(
    name = "import",
    description = {
      "Sets the workspace's own prices from a file: Stipend's own form, or LiteLLM's"
          + " model_prices_and_context_window.json.",
      "Importing the same prices again changes nothing."
    },
    mixinStandardHelpOptions = true)
final class PricesImport implements Callable<Integer> {
  private static final int SHOWN = 20;

  /// The actor in the audit log.
  private static final String ACTOR = "command line";

  @ParentCommand private Prices prices;

  @Spec private CommandSpec spec;

  @Mixin private WorkspaceOption workspace;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--effective-from",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description =
          "When prices take effect that do not say it, such as 2026-03-01T09:30:00Z (default: a"
              + " model's first price from the earliest event that waits for it, any other now).")
  private @Nullable Instant effectiveFrom;

  @Option(names = "--verbose", description = "List everything that is skipped or noted.")
  private boolean verbose;

  @Override
  public Integer call() throws IOException {
    String text = Files.readString(file);
    try (ApplicationContext context = prices.stipend().start()) {
      Instant now = context.getBean(InstantSource.class).instant();
      PricesImported outcome =
          context
              .getBean(PriceImport.class)
              .read(workspace.find(context), text, Optional.ofNullable(effectiveFrom), ACTOR, now);
      print(outcome);
    }
    return ExitCode.OK;
  }

  private void print(PricesImported outcome) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d imported, %d unchanged, %d skipped%n",
        outcome.imported(), outcome.unchanged(), outcome.skipped().size());
    if (outcome.pricesEvents() > 0) {
      out.printf(
          "%,d recorded events that waited for a price now have one%n", outcome.pricesEvents());
    }
    print(out, "Skipped", outcome.skipped());
    print(out, "Noted", outcome.notes());
    out.flush();
  }

  /// Prints reasons that many entries share once, with some of those entries.
  private void print(PrintWriter out, String heading, List<ParsedPriceFile.Remark> remarks) {
    Map<String, List<ParsedPriceFile.Remark>> byText =
        remarks.stream()
            .collect(
                Collectors.groupingBy(
                    ParsedPriceFile.Remark::text, TreeMap::new, Collectors.toList()));
    byText.forEach(
        (text, same) -> {
          int shown = verbose ? same.size() : Math.min(SHOWN, same.size());
          out.printf("%s: %s (%d)%n", heading, text, same.size());
          same.subList(0, shown).forEach(remark -> out.printf("  %s%n", remark.name()));
          if (shown < same.size()) {
            out.printf("  … and %d more; --verbose lists them%n", same.size() - shown);
          }
        });
  }
}
