package dev.stipend.http.price;

import dev.stipend.ingest.price.ConditionalRates;
import dev.stipend.ingest.price.ModelPrice;
import dev.stipend.ingest.price.PriceRecord;
import dev.stipend.ingest.price.TariffJson;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A price as the API shows it, and as it takes it but for `book` and `pricesEvents`.
///
/// @param perMillion decimals as texts, by kind of token; a kind that is absent costs what `input`
///     or `output` does
/// @param rates what else holds for long requests, or for those served in another way
/// @param source where the figures are from
/// @param book `workspace` if it is the workspace's own, `list` if it is everybody's
/// @param pricesEvents how many recorded events waited for a price and have one by this; only where
///     a price is set
@Serdeable
public record PriceResponse(
    String provider,
    String model,
    List<String> aliases,
    Instant effectiveFrom,
    Map<String, String> perMillion,
    List<Rates> rates,
    Optional<String> source,
    LocalDate quotedOn,
    String book,
    Optional<Long> pricesEvents) {
  /// Prices of some requests.
  ///
  /// @param serviceTier how they are served
  /// @param inputAbove more input tokens than this they have
  /// @param perMillion as above; a kind that is absent costs what it does otherwise
  @Serdeable
  record Rates(
      Optional<String> serviceTier, Optional<Long> inputAbove, Map<String, String> perMillion) {
    static Rates of(ConditionalRates rates) {
      return new Rates(
          Optional.of(rates.serviceTier()).filter(tier -> !tier.isEmpty()),
          Optional.of(rates.inputAbove()).filter(above -> above > 0),
          TariffJson.shown(rates.perMillion()));
    }
  }

  static PriceResponse of(PriceRecord shown) {
    ModelPrice price = shown.price();
    return new PriceResponse(
        price.name().provider(),
        price.name().model(),
        price.aliases(),
        price.effectiveFrom(),
        TariffJson.shown(price.prices().perMillion()),
        price.prices().rates().stream().map(Rates::of).toList(),
        shown.source(),
        shown.quotedOn(),
        price.own() ? PriceController.WORKSPACE : PriceController.LIST,
        Optional.empty());
  }

  PriceResponse pricing(long events) {
    return new PriceResponse(
        provider,
        model,
        aliases,
        effectiveFrom,
        perMillion,
        rates,
        source,
        quotedOn,
        book,
        Optional.of(events));
  }
}
