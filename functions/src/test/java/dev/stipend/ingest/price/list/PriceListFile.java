package dev.stipend.ingest.price.list;

import dev.stipend.ingest.price.ModelPrice;
import dev.stipend.ingest.price.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// The list of prices as it stands in the product's file.
public final class PriceListFile {
  public static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

  private PriceListFile() {}

  static String text() {
    try (InputStream file =
        Objects.requireNonNull(PriceFile.class.getResourceAsStream("/prices/list-prices.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static ParsedPriceFile sheet() {
    return new PriceFile(Providers.read()).read(text());
  }

  public static List<ModelPrice> prices() {
    return sheet().prices().stream()
        .map(
            price ->
                new ModelPrice(
                    price.name(),
                    price.aliases(),
                    price.effectiveFrom().orElse(BEGINNING),
                    price.prices(),
                    false))
        .toList();
  }
}
