package dev.stipend.http;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The place in a list, newest first, from which a page goes on.
///
/// @param before only what is older than this, or as old with a smaller id
/// @param idBefore see `before`
public record Cursor(Instant before, UUID idBefore) {
  public static final int USUAL_LIMIT = 50;
  private static final int HIGHEST_LIMIT = 200;
  private static final Cursor START = new Cursor(Period.FOREVER, new UUID(-1, -1));

  public static Cursor parse(Optional<String> text) {
    return text.map(sent -> CursorText.parse(sent, Cursor::place)).orElse(START);
  }

  /// The text of the place behind an item.
  public static String at(Instant time, UUID id) {
    return CursorText.of(time + "/" + id);
  }

  public static int limit(Optional<Integer> asked) {
    int limit = asked.orElse(USUAL_LIMIT);
    if (limit < 1 || limit > HIGHEST_LIMIT) {
      throw new InvalidJsonException("limit", "must be from 1 to " + HIGHEST_LIMIT);
    }
    return limit;
  }

  private static Cursor place(String place) {
    String[] parts = place.split("/", 2);
    return new Cursor(CursorText.time(parts[0]), UUID.fromString(parts[1]));
  }
}
