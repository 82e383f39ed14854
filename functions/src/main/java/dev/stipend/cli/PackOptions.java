package dev.stipend.cli;

import dev.stipend.maintenance.pack.PackMaintenance;
import dev.stipend.maintenance.pack.PackReport;
import dev.stipend.maintenance.pack.PackRequest;
import dev.stipend.maintenance.pack.PackVerb;
import dev.stipend.time.TimeLeft;
import io.micronaut.context.ApplicationContext;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The watched system that a command works on, and how.
final class PackOptions {
  /// Needed, and yet no required option: `maintain` would want it before the name of a script, too.
  @Option(
      names = "--pack",
      paramLabel = "NAME",
      description = "The pack, such as ai-agent-system (needed).")
  private @Nullable String pack;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "The schema that it was deployed to (default: the pack's own).")
  private @Nullable String schema;

  @Option(
      names = "--archive",
      paramLabel = "URI",
      description =
          "Where archives go: s3://bucket/prefix or file:///path (default: USAGE_ARCHIVE).")
  private @Nullable String archive;

  @Option(names = "--dry-run", description = "Count what would be done; change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  /// Runs a verb, prints the report and answers its exit code.
  int run(StipendCommand stipend, PackVerb verb, Optional<Path> file, CommandLine command) {
    if (pack == null) {
      throw new ParameterException(command, "Missing required option: '--pack=NAME'");
    }
    PrintWriter out = command.getOut();
    PackRequest request =
        new PackRequest(
            verb, pack, Optional.ofNullable(schema), dryRun, Optional.ofNullable(archive), file);
    try (ApplicationContext context = stipend.start()) {
      PackReport report =
          context
              .getBean(PackMaintenance.class)
              .run(request, context.getBean(InstantSource.class).instant(), TimeLeft.UNLIMITED);
      if (json) {
        out.println(context.getBean(ObjectMapper.class).writeValueAsString(report.toMap()));
      } else {
        print(report, out);
      }
      out.flush();
      return report.exitCode();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void print(PackReport report, PrintWriter out) {
    for (PackReport.Task task : report.tasks()) {
      out.printf("%s: %s (%.1f s)%n", task.task(), task.summary(), task.seconds());
      task.items().forEach(item -> out.println("  " + line(item.text())));
      task.notes().forEach(note -> out.println("  Note: " + line(note)));
      task.problems().forEach(problem -> out.println("  Problem: " + line(problem)));
    }
    out.printf(
        "%s%s%n",
        report.schema().isEmpty()
            ? ""
            : "%s in schema %s: ".formatted(report.pack(), line(report.schema())),
        line(report.message()));
  }

  /// Names are whatever their owners chose: no line breaks or terminal codes come out of them.
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
