package dev.stipend.console.price;

import dev.stipend.console.page.Address;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.ingest.price.ModelPrice;
import dev.stipend.ingest.price.PriceComparison;
import dev.stipend.ingest.price.PriceRecord;
import dev.stipend.ingest.price.TariffJson;
import dev.stipend.ingest.price.TokenKind;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model with its prices side by side, in words.
///
/// @param path of the form that sets a price of the workspace's own
public record PriceRow(
    String provider, String model, Optional<Side> own, Optional<Side> listed, String path) {
  /// A price.
  ///
  /// @param figures input and output first
  /// @param others what holds for long requests, or those served in another way
  public record Side(List<Figure> figures, String others, Shown since, String source) {
    private static Side of(PriceRecord found, ZoneId zone, ConsoleText text) {
      ModelPrice price = found.price();
      List<Figure> figures =
          TariffJson.shown(price.prices().perMillion()).entrySet().stream()
              .map(entry -> new Figure(entry.getKey(), entry.getValue()))
              .toList();
      int rates = price.prices().rates().size();
      return new Side(
          figures,
          rates == 0 ? "" : text.counted("prices.rates", rates),
          text.time(price.effectiveFrom(), zone),
          found.source().orElse(""));
    }
  }

  /// What a million tokens of a kind cost.
  public record Figure(String kind, String amount) {}

  static PriceRow of(PriceComparison.Pair pair, ZoneId zone, ConsoleText text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("provider", pair.name().provider());
    parameters.put("model", pair.name().model());
    pair.own()
        .or(pair::listed)
        .ifPresent(
            found -> {
              Map<String, String> figures = TariffJson.shown(found.price().prices().perMillion());
              for (TokenKind kind : TokenKind.values()) {
                parameters.put(
                    PriceForm.PER_MILLION + "." + kind.label(),
                    figures.getOrDefault(kind.label(), ""));
              }
            });
    return new PriceRow(
        pair.name().provider(),
        pair.name().model(),
        pair.own().map(found -> Side.of(found, zone, text)),
        pair.listed().map(found -> Side.of(found, zone, text)),
        Address.of(PriceController.PATH + "/new", parameters));
  }
}
