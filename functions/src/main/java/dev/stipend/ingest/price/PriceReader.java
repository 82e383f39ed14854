package dev.stipend.ingest.price;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a price in Stipend's own form, which the list, import files and the API share:
///
///
///
/// `provider`, `model`, `perMillion` with `input` and `output`, and what else there is of `rates`,
/// `aliases`, `effectiveFrom`, `source`, `quotedOn`.
public final class PriceReader {
  /// The first and last instants from which a price may hold.
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");

  /// Stands in where the prices were wrong, until the errors are thrown.
  private static final TokenPrices NOTHING =
      new TokenPrices(Map.of(TokenKind.INPUT, BigDecimal.ZERO, TokenKind.OUTPUT, BigDecimal.ZERO));

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_SOURCE = 500;

  private final Providers providers;

  public PriceReader(Providers providers) {
    this.providers = providers;
  }

  /// Reads one price.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  public NewPrice read(@Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    fields.require("provider");
    fields.require("model");
    ModelName name =
        new ModelName(providers.canonical(name(fields, "provider")), name(fields, "model"));
    if (name.provider().equals("*") != name.model().equals("*")) {
      fields.error("model", "must be * if and only if provider is; together they are the ceiling");
    }
    Optional<TokenPrices> prices = prices(fields);
    NewPrice price =
        new NewPrice(
            name,
            fields.textList("aliases", LONGEST_NAME).stream().map(PriceReader::lower).toList(),
            fields.instant("effectiveFrom").flatMap(at -> effective(fields, at)),
            prices.orElse(NOTHING),
            fields.text("source", LONGEST_SOURCE),
            fields.text("quotedOn", LONGEST_NAME).flatMap(text -> day(fields, text)));
    fields.refuseUnknown();
    fields.check();
    return price;
  }

  private static Optional<TokenPrices> prices(JsonFields fields) {
    fields.require("perMillion");
    Optional<JsonFields> given = fields.object("perMillion");
    if (given.isEmpty()) {
      TariffJson.rates(fields);
      return Optional.empty();
    }
    for (TokenKind kind : TokenKind.values()) {
      if (kind.isRequired()) {
        given.get().require(kind.label());
      }
    }
    Map<TokenKind, BigDecimal> prices = TariffJson.perMillion(given.get());
    given.get().refuseUnknown();
    List<ConditionalRates> rates = TariffJson.rates(fields);
    return TokenPrices.isComplete(prices)
        ? Optional.of(new TokenPrices(prices, rates))
        : Optional.empty();
  }

  /// Whether a price may hold from this instant on.
  public static boolean isSettable(Instant effectiveFrom) {
    return !effectiveFrom.isBefore(EARLIEST) && !effectiveFrom.isAfter(LATEST);
  }

  private static Optional<Instant> effective(JsonFields fields, Instant at) {
    if (!isSettable(at)) {
      fields.error("effectiveFrom", "must be from 2000 to 2199");
      return Optional.empty();
    }
    return Optional.of(at.truncatedTo(ChronoUnit.MICROS));
  }

  private static Optional<LocalDate> day(JsonFields fields, String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException wrong) {
      fields.error("quotedOn", "must be a day such as 2026-03-01");
      return Optional.empty();
    }
  }

  private static String name(JsonFields fields, String field) {
    return lower(fields.text(field, LONGEST_NAME).orElse(""));
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
