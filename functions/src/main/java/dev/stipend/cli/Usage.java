package dev.stipend.cli;

import picocli.CommandLine.Command;

/// Gathers the commands about usage.
@Command(
    name = "usage",
    description = "Import usage.",
    mixinStandardHelpOptions = true,
    subcommands = UsageImportFile.class)
final class Usage extends CommandGroup {}
