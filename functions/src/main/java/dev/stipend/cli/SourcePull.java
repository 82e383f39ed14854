package dev.stipend.cli;

import dev.stipend.ingest.source.SpendSource;
import dev.stipend.time.TimeLeft;
import dev.stipend.usecase.source.PullSource.Extent;
import dev.stipend.usecase.source.PullSource.Outcome;
import dev.stipend.usecase.source.PullSource.Progress;
import dev.stipend.usecase.source.PullSources;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Reads a source until nothing is left.
@Command(
    name = "pull",
    description = {
      "Reads all that is new in a source now, and its past as far as it counts; tells how far it"
          + " is.",
      "Stopped anywhere, it goes on where it stopped: by this command or by the sweep."
    },
    mixinStandardHelpOptions = true)
final class SourcePull implements Callable<Integer> {
  private static final int ROWS = 10_000;

  /// Between two slices a sweep may come in; nobody else reads the source during one.
  private static final Duration SLICE = Duration.ofSeconds(60);

  private static final Duration LINE_EVERY = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @ParentCommand private Source source;

  @Spec private CommandSpec spec;

  @Mixin private SourceOption option;

  private final long start = System.nanoTime();
  private long nextLine = start;
  private long rows;
  private long recorded;
  private boolean hasToldWaiting;

  @Override
  public Integer call() {
    try (ApplicationContext context = source.stipend().start()) {
      PullSources pulling = context.getBean(PullSources.class);
      InstantSource clock = context.getBean(InstantSource.class);
      while (true) {
        // Found anew each time: somebody may remove it meanwhile.
        SpendSource found = option.find(context);
        Extent extent = new Extent(ROWS, TimeLeft.within(SLICE), this::tell);
        Optional<Outcome> outcome = pulling.pullNow(found, extent, clock.instant());
        if (outcome.isEmpty()) {
          tellWaiting();
          LockSupport.parkNanos(PAUSE.toNanos());
        } else if (outcome.get().error().isPresent()) {
          throw new IllegalStateException(outcome.get().error().get());
        } else if (outcome.get().isDone()) {
          PrintWriter out = spec.commandLine().getOut();
          out.printf("%,d new %s recorded.%n", recorded, recorded == 1 ? "row" : "rows");
          out.flush();
          return ExitCode.OK;
        }
      }
    }
  }

  private void tellWaiting() {
    if (!hasToldWaiting) {
      hasToldWaiting = true;
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "Somebody else reads it, or did until 3 minutes ago and was killed; waiting for the"
              + " turn.");
      err.flush();
    }
  }

  private void tell(Progress progress) {
    rows += progress.rows();
    recorded += progress.recorded();
    long now = System.nanoTime();
    if (now < nextLine) {
      return;
    }
    nextLine = now + LINE_EVERY.toNanos();
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%,d rows, %s until %s, %,.0f rows/s%n",
        rows, progress.cursor(), progress.until(), rows / Math.max(1e-9, (now - start) / 1e9));
    err.flush();
  }
}
