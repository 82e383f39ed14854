package dev.stipend.cli;

import picocli.CommandLine.Command;

/// Gathers the commands about prices.
@Command(
    name = "prices",
    description = "Import and list the prices of models.",
    mixinStandardHelpOptions = true,
    subcommands = {PricesImport.class, PricesList.class})
final class Prices extends CommandGroup {}
