package dev.stipend.cli;

import dev.stipend.ingest.price.ModelPrice;
import dev.stipend.ingest.price.PriceCatalog;
import dev.stipend.ingest.price.PriceFilter;
import dev.stipend.ingest.price.PriceKey;
import dev.stipend.ingest.price.PriceRecord;
import dev.stipend.ingest.price.TokenKind;
import dev.stipend.tenant.Workspace;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Lists the prices that are in force for a workspace.
@Command(
    name = "list",
    description = "Lists the prices in force, per million tokens in the workspace's currency.",
    mixinStandardHelpOptions = true)
final class PricesList implements Callable<Integer> {
  private static final int PAGE = 500;
  private static final String LINE = "%-18s %-50s %14s %14s  %-9s %s%n";

  @ParentCommand private Prices prices;

  @Spec private CommandSpec spec;

  @Mixin private WorkspaceOption workspace;

  @Option(names = "--provider", paramLabel = "NAME", description = "Only prices of this provider.")
  private @Nullable String provider;

  @Option(names = "--model", paramLabel = "NAME", description = "Only prices of this model.")
  private @Nullable String model;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "Prices in force at this instant, such as 2026-03-01T09:30:00Z (default: now).")
  private @Nullable Instant at;

  @Override
  public Integer call() {
    try (ApplicationContext context = prices.stipend().start()) {
      Workspace where = workspace.find(context);
      PriceCatalog catalog = context.getBean(PriceCatalog.class);
      Instant when = at == null ? context.getBean(InstantSource.class).instant() : at;
      PrintWriter out = spec.commandLine().getOut();
      out.printf(LINE, "PROVIDER", "MODEL", "INPUT", "OUTPUT", "BOOK", "SINCE");
      Optional<PriceKey> after = Optional.empty();
      do {
        List<PriceRecord> page = catalog.page(where, filter(when, after), PAGE);
        page.forEach(found -> print(out, found.price()));
        after =
            page.size() < PAGE
                ? Optional.empty()
                : Optional.of(PriceKey.of(page.getLast().price()));
      } while (after.isPresent());
      out.flush();
    }
    return ExitCode.OK;
  }

  private PriceFilter filter(Instant when, Optional<PriceKey> after) {
    return new PriceFilter(
        Optional.ofNullable(provider),
        Optional.ofNullable(model),
        Optional.empty(),
        Optional.of(when),
        Optional.empty(),
        after);
  }

  private static void print(PrintWriter out, ModelPrice price) {
    out.printf(
        LINE,
        price.name().provider(),
        price.name().model(),
        figure(price, TokenKind.INPUT),
        figure(price, TokenKind.OUTPUT),
        price.own() ? "workspace" : "list",
        price.effectiveFrom());
  }

  private static String figure(ModelPrice price, TokenKind kind) {
    return price.prices().of(kind).stripTrailingZeros().toPlainString();
  }
}
