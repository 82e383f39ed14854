package dev.stipend.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// A command that only gathers others.
abstract class CommandGroup implements Runnable {
  @ParentCommand private StipendCommand stipend;

  @Spec private CommandSpec spec;

  final StipendCommand stipend() {
    return stipend;
  }

  @Override
  public final void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }
}
