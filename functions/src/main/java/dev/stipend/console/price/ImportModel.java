package dev.stipend.console.price;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.ingest.price.list.ParsedPriceFile;
import dev.stipend.ingest.price.list.PricesImported;
import java.util.List;

/// What became of a file of prices, in words.
///
/// @param sentence how much was taken
/// @param skipped the first entries that were not taken, with the reason
/// @param notes the first entries that were taken otherwise than they stand in the file
public record ImportModel(String sentence, List<Remark> skipped, List<Remark> notes) {
  /// An entry with something to say about it.
  public record Remark(String name, String text) {}

  static ImportModel of(PricesImported done, ConsoleText text, int most) {
    return new ImportModel(
        text.say(
            "prices.imported",
            text.count(done.imported()),
            text.count(done.unchanged()),
            text.count(done.skipped().size()),
            text.count(done.pricesEvents())),
        first(done.skipped(), most),
        first(done.notes(), most));
  }

  private static List<Remark> first(List<ParsedPriceFile.Remark> remarks, int most) {
    return remarks.stream()
        .limit(most)
        .map(remark -> new Remark(remark.name(), remark.text()))
        .toList();
  }
}
