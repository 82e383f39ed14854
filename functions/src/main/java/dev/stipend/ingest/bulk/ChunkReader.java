package dev.stipend.ingest.bulk;

import dev.stipend.ingest.bulk.Chunk.RejectedRow;
import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.platform.json.InvalidJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a file as events, chunk by chunk.
public final class ChunkReader {
  private final FileRows rows;
  private final UsageEventReader reader;
  private long lastRow;

  public ChunkReader(FileRows rows, UsageEventReader reader) {
    this.rows = rows;
    this.reader = reader;
  }

  /// Passes over rows that are done.
  public void skip(long count) {
    while (lastRow < count && rows.next() != null) {
      lastRow++;
    }
  }

  /// The next chunk; empty after the last.
  ///
  /// @param size how many rows it has
  public Optional<Chunk> next(int size) {
    List<UsageEvent> events = new ArrayList<>(size);
    List<FileRow> places = new ArrayList<>(size);
    List<RejectedRow> rejected = new ArrayList<>();
    long first = lastRow;
    @Nullable FileRow row = null;
    while (lastRow - first < size && (row = rows.next()) != null) {
      lastRow = row.number();
      if (row.problem() == null) {
        read(row, events, places, rejected);
      } else {
        rejected.add(new RejectedRow(row, row.problem()));
      }
    }
    return lastRow == first
        ? Optional.empty()
        : Optional.of(new Chunk(lastRow, events, places, rejected));
  }

  private void read(
      FileRow row, List<UsageEvent> events, List<FileRow> places, List<RejectedRow> rejected) {
    Intake intake = Intake.of(row.json() instanceof List<?> many ? many : List.of(row.json()));
    intake.refusals().forEach(no -> rejected.add(new RejectedRow(row, no.reason())));
    for (Intake.Event event : intake.events()) {
      try {
        UsageEvent read = reader.read(event.json()).from(event.origin());
        if (read.tellsNothing()) {
          continue;
        }
        if (read.cost().isEmpty() && read.attribution().model().isEmpty()) {
          rejected.add(new RejectedRow(row, UsageRow.NO_PRICE));
        } else {
          events.add(read);
          places.add(row.withoutJson());
        }
      } catch (InvalidJsonException wrong) {
        rejected.add(new RejectedRow(row, event.reason(wrong)));
      }
    }
  }
}
