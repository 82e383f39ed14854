package dev.stipend.cli;

import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.usecase.source.ConnectSource;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Changes whether a source is read.
abstract class SourceState implements Callable<Integer> {
  @ParentCommand private Source source;

  @Spec private CommandSpec spec;

  @Mixin private SourceOption option;

  private final String action;
  private final String done;

  private SourceState(String action, String done) {
    this.action = action;
    this.done = done;
  }

  abstract void change(ApplicationContext context, SpendSource found, Instant now);

  @Override
  public final Integer call() {
    try (ApplicationContext context = source.stipend().start()) {
      Instant now = context.getBean(InstantSource.class).instant();
      SpendSource found = option.find(context);
      change(context, found, now);
      SourceAudit.write(context, option.workspace(context), action, found.settings().name(), now);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(done, found.settings().name());
      out.flush();
      return ExitCode.OK;
    }
  }

  /// Stops reading a source.
  @Command(
      name = "pause",
      description = "Stops reading a source, until it is resumed.",
      mixinStandardHelpOptions = true)
  static final class Pause extends SourceState {
    Pause() {
      super("source.pause", "%s is paused.%n");
    }

    @Override
    void change(ApplicationContext context, SpendSource found, Instant now) {
      context.getBean(SourceRepository.class).pause(found.workspaceId(), found.id(), now);
    }
  }

  /// Goes on reading a source.
  @Command(
      name = "resume",
      description = "Goes on reading a source, where it stopped.",
      mixinStandardHelpOptions = true)
  static final class Resume extends SourceState {
    Resume() {
      super("source.resume", "%s goes on with the next sweep.%n");
    }

    @Override
    void change(ApplicationContext context, SpendSource found, Instant now) {
      context.getBean(SourceRepository.class).resume(found.workspaceId(), found.id(), now);
    }
  }

  /// Removes a source.
  @Command(
      name = "remove",
      description = {
        "Removes a source. What it recorded stays; budgets that it mirrored are archived.",
        "Connected again, it knows its rows: none counts twice."
      },
      mixinStandardHelpOptions = true)
  static final class Remove extends SourceState {
    Remove() {
      super("source.remove", "%s is removed; what it recorded stays.%n");
    }

    @Override
    void change(ApplicationContext context, SpendSource found, Instant now) {
      context.getBean(ConnectSource.class).remove(found, now);
    }
  }
}
