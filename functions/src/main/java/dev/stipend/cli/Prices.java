package dev.stipend.cli;

import picocli.CommandLine.Command;

/// Gathers the commands about prices.
@Command(
    name = "prices",
    description = "What models cost.",
    mixinStandardHelpOptions = true,
    subcommands = {PricesImport.class, PricesList.class})
final class Prices extends CommandGroup {}
