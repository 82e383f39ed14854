package dev.stipend.ingest.bulk;

import dev.stipend.ingest.ledger.UsageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// Consecutive rows of a file, ready to be recorded.
///
/// @param lastRow the number of its last row
/// @param events what can be recorded
/// @param rows the row that each event is in
/// @param rejected what cannot
public record Chunk(
    long lastRow, List<UsageEvent> events, List<FileRow> rows, List<RejectedRow> rejected) {
  /// A row, or an event in it, that cannot be recorded.
  public record RejectedRow(FileRow row, String reason) {}

  /// The same in two parts, in their order; nothing if there is one event, or none. Where a row is
  /// divided that has several events, the first part ends with the row before.
  public List<Chunk> halves() {
    int middle = events.size() / 2;
    if (middle == 0) {
      return List.of();
    }
    long done = rows.get(middle).number() - 1;
    return List.of(
        new Chunk(
            done, events.subList(0, middle), rows.subList(0, middle), rejected(row -> row <= done)),
        new Chunk(
            lastRow,
            events.subList(middle, events.size()),
            rows.subList(middle, rows.size()),
            rejected(row -> row > done)));
  }

  private List<RejectedRow> rejected(LongPredicate where) {
    return rejected.stream().filter(each -> where.test(each.row().number())).toList();
  }

  /// The same with its event, the only one, rejected.
  public Chunk reject(String reason) {
    List<RejectedRow> all = new ArrayList<>(rejected);
    for (int i = 0; i < events.size(); i++) {
      all.add(new RejectedRow(rows.get(i), event(events.get(i), reason)));
    }
    return new Chunk(lastRow, List.of(), List.of(), all);
  }

  /// What is wrong with one of the events of a row.
  public static String event(UsageEvent event, String reason) {
    return "event \"%s\": %s".formatted(event.eventId(), reason);
  }
}
