package dev.stipend.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Gathers the commands about usage.
@Command(
    name = "usage",
    description = "What was used.",
    mixinStandardHelpOptions = true,
    subcommands = UsageImportFile.class)
final class Usage implements Runnable {
  @ParentCommand private StipendCommand stipend;

  @Spec private CommandSpec spec;

  StipendCommand stipend() {
    return stipend;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }
}
