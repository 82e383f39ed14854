package dev.stipend.ingest.price.list;

import dev.stipend.ingest.price.NewPrice;
import java.util.List;

/// What a file of prices holds.
///
/// @param currency of its prices
/// @param prices those that can be taken
/// @param skipped what cannot, with the reason
/// @param notes what was taken otherwise than it stands there
public record ParsedPriceFile(
    String currency, List<NewPrice> prices, List<Remark> skipped, List<Remark> notes) {
  /// Something to say about one entry.
  ///
  /// @param name the entry's model, as the file names it
  /// @param text why
  public record Remark(String name, String text) {}
}
