package dev.stipend.cli;

import picocli.CommandLine.Command;

/// Gathers the commands about usage.
@Command(
    name = "usage",
    description = "What was used.",
    mixinStandardHelpOptions = true,
    subcommands = UsageImportFile.class)
final class Usage extends CommandGroup {}
