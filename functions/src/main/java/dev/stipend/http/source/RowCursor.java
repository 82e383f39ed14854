package dev.stipend.http.source;

import dev.stipend.ingest.source.KeptRow;
import dev.stipend.platform.web.Cursor;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;

/// The place in a list of rows, newest first, from which a page goes on.
///
/// @param seenAt only what was seen before it, or with it under a smaller id
record RowCursor(Instant seenAt, String rowId) {
  private static final RowCursor START = new RowCursor(Period.FOREVER, "");

  static RowCursor parse(Optional<String> text) {
    return text.map(sent -> Cursor.parse(sent, RowCursor::place)).orElse(START);
  }

  static String behind(KeptRow row) {
    return Cursor.text(row.seenAt() + "/" + row.rowId());
  }

  private static RowCursor place(String place) {
    String[] parts = place.split("/", 2);
    return new RowCursor(Cursor.time(parts[0]), parts[1]);
  }
}
