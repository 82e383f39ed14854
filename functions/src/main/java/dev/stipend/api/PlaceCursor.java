package dev.stipend.api;

import dev.stipend.json.InvalidJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The place from which a page goes on in a list whose places are whole numbers.
enum PlaceCursor {
  /// Among the groups of a spend query: how many are before it.
  GROUPS("groups/"),
  /// Among the versions of a budget, newest first: the last one before it.
  VERSIONS("versions/");

  private final String prefix;

  PlaceCursor(String prefix) {
    this.prefix = prefix;
  }

  Optional<Integer> parse(Optional<String> text) {
    return text.map(
        cursor ->
            decoded(cursor)
                .filter(place -> place.matches(prefix + "\\d{1,9}"))
                .map(place -> Integer.valueOf(place.substring(prefix.length())))
                .orElseThrow(
                    () ->
                        new InvalidJsonException(
                            "cursor", "must be the nextCursor of another page")));
  }

  String at(int place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((prefix + place).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noCursor) {
      return Optional.empty();
    }
  }
}
