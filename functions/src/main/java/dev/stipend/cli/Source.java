package dev.stipend.cli;

import picocli.CommandLine.Command;

/// Gathers the commands about sources.
@Command(
    name = "source",
    description = "Watch spend that is in a table of an application already.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SourceConnect.class,
      SourceList.class,
      SourcePull.class,
      SourceRows.class,
      SourceBudgets.class,
      SourceState.Pause.class,
      SourceState.Resume.class,
      SourceState.Remove.class
    })
final class Source extends CommandGroup {}
