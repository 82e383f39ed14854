package dev.stipend.api;

import dev.stipend.json.InvalidJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The place among the groups of a spend query from which a page goes on: how many are before it.
final class SpendCursor {
  private static final String PREFIX = "groups/";

  private SpendCursor() {}

  static int parse(Optional<String> text) {
    return text.map(
            cursor ->
                decoded(cursor)
                    .filter(place -> place.matches(PREFIX + "\\d{1,9}"))
                    .map(place -> Integer.parseInt(place.substring(PREFIX.length())))
                    .orElseThrow(
                        () ->
                            new InvalidJsonException(
                                "cursor", "must be the nextCursor of another page")))
        .orElse(0);
  }

  static String of(int groups) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((PREFIX + groups).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noCursor) {
      return Optional.empty();
    }
  }
}
