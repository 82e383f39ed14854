package dev.stipend.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Gathers the commands about prices.
@Command(
    name = "prices",
    description = "What models cost.",
    mixinStandardHelpOptions = true,
    subcommands = {PricesImport.class, PricesList.class})
final class Prices implements Runnable {
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
