package dev.stipend.http.price;

import dev.stipend.ingest.price.ModelPrice;
import dev.stipend.ingest.price.PriceRecord;
import dev.stipend.ingest.price.TokenKind;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A price as the API shows it, and as it takes it but for `book` and `pricesEvents`.
///
/// @param perMillion decimals as texts, by kind of token; a kind that is absent costs what `input`
///     or `output` does
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
    Optional<String> source,
    LocalDate quotedOn,
    String book,
    Optional<Long> pricesEvents) {
  static PriceResponse of(PriceRecord shown) {
    ModelPrice price = shown.price();
    Map<String, String> perMillion = new LinkedHashMap<>();
    for (Map.Entry<TokenKind, BigDecimal> each : price.prices().perMillion().entrySet()) {
      perMillion.put(each.getKey().label(), each.getValue().stripTrailingZeros().toPlainString());
    }
    return new PriceResponse(
        price.name().provider(),
        price.name().model(),
        price.aliases(),
        price.effectiveFrom(),
        perMillion,
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
        source,
        quotedOn,
        book,
        Optional.of(events));
  }
}
