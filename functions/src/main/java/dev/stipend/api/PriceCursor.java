package dev.stipend.api;

import dev.stipend.json.InvalidJsonException;
import dev.stipend.price.ModelName;
import dev.stipend.price.PriceKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/// The place in the list of prices from which a page goes on, as a text.
final class PriceCursor {
  private static final String SEPARATOR = "\n";
  private static final int PARTS = 4;

  private PriceCursor() {}

  static PriceKey parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, PARTS);
      ModelName name = new ModelName(parts[0], parts[1]);
      return new PriceKey(name, Instant.parse(parts[2]), Boolean.parseBoolean(parts[3]));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException wrong) {
      throw new InvalidJsonException("cursor", "must be the nextCursor of another page");
    }
  }

  static String of(PriceKey key) {
    String text =
        String.join(
            SEPARATOR,
            key.name().provider(),
            key.name().model(),
            key.effectiveFrom().toString(),
            Boolean.toString(key.own()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
