package dev.stipend.http.price;

import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceKey;
import dev.stipend.platform.web.Cursor;

/// The place in the list of prices from which a page goes on, as a text.
final class PriceCursor {
  private static final String SEPARATOR = "\n";
  private static final int PARTS = 4;

  private PriceCursor() {}

  static PriceKey parse(String text) {
    return Cursor.parse(text, PriceCursor::key);
  }

  static String of(PriceKey key) {
    return Cursor.text(
        String.join(
            SEPARATOR,
            key.name().provider(),
            key.name().model(),
            key.effectiveFrom().toString(),
            Boolean.toString(key.own())));
  }

  private static PriceKey key(String place) {
    String[] parts = place.split(SEPARATOR, PARTS);
    ModelName name = new ModelName(parts[0], parts[1]);
    return new PriceKey(name, Cursor.time(parts[2]), Boolean.parseBoolean(parts[3]));
  }
}
