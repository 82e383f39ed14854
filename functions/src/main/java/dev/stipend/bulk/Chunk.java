package dev.stipend.bulk;

import dev.stipend.spend.UsageEvent;
import java.util.List;

/// Consecutive rows of a file, ready to be recorded.
///
/// @param lastRow the number of its last row
/// @param events what can be recorded
/// @param rows the row that each event is in
/// @param rejected what cannot
record Chunk(long lastRow, List<UsageEvent> events, List<Row> rows, List<RejectedRow> rejected) {
  /// A row, or an event in it, that cannot be recorded.
  record RejectedRow(Row row, String reason) {}
}
