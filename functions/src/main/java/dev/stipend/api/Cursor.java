package dev.stipend.api;

import dev.stipend.json.InvalidJsonException;
import dev.stipend.time.Period;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// The place in a list, newest first, from which a page goes on.
///
/// @param before only what is older than this, or as old with a smaller id
/// @param idBefore see `before`
record Cursor(Instant before, UUID idBefore) {
  static final int USUAL_LIMIT = 50;
  private static final int HIGHEST_LIMIT = 200;
  private static final Cursor START = new Cursor(Period.FOREVER, new UUID(-1, -1));

  static Cursor parse(Optional<String> text) {
    if (text.isEmpty()) {
      return START;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.get());
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split("/", 2);
      return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException wrong) {
      throw new InvalidJsonException("cursor", "must be the nextCursor of another page");
    }
  }

  static int limit(Optional<Integer> asked) {
    int limit = asked.orElse(USUAL_LIMIT);
    if (limit < 1 || limit > HIGHEST_LIMIT) {
      throw new InvalidJsonException("limit", "must be from 1 to " + HIGHEST_LIMIT);
    }
    return limit;
  }

  @Override
  public String toString() {
    byte[] bytes = (before + "/" + idBefore).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
