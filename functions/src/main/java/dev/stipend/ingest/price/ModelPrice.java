package dev.stipend.ingest.price;

import java.time.Instant;
import java.util.List;

/// The price of a model from an instant on.
///
/// @param name its provider and its name there, in lower case
/// @param aliases its other names at that provider, in lower case
/// @param effectiveFrom the first instant at which the price holds
/// @param prices what its tokens cost
/// @param own whether the workspace set it, rather than the shared list
public record ModelPrice(
    ModelName name, List<String> aliases, Instant effectiveFrom, TokenPrices prices, boolean own) {
  public ModelPrice {
    aliases = List.copyOf(aliases);
  }
}
