package dev.stipend.ingest.price;

import java.time.Instant;

/// Identifies a price that a workspace sees, and gives the order in which prices are listed.
///
/// @param name the model
/// @param effectiveFrom the first instant at which it holds
/// @param own whether the workspace set it; the list's come first
public record PriceKey(ModelName name, Instant effectiveFrom, boolean own) {
  /// The key of a price.
  public static PriceKey of(ModelPrice price) {
    return new PriceKey(price.name(), price.effectiveFrom(), price.own());
  }
}
