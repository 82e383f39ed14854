package dev.stipend.report.usage;

import dev.stipend.platform.web.Cursor;
import java.time.Instant;

/// A place in the ledger, newest first.
///
/// @param before only what is older than this, or as old with a smaller id
/// @param idBefore see `before`
public record EventPlace(Instant before, String idBefore) {
  /// The place of a cursor.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException if it is none of ours
  static EventPlace parse(String cursor) {
    return Cursor.parse(cursor, EventPlace::place);
  }

  /// The place as a text.
  public String cursor() {
    return Cursor.text(before + "/" + idBefore);
  }

  private static EventPlace place(String text) {
    String[] parts = text.split("/", 2);
    if (parts[1].chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(text);
    }
    return new EventPlace(Cursor.time(parts[0]), parts[1]);
  }
}
