package dev.stipend.ingest.source;

import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.platform.json.InvalidJsonException;
import java.util.Optional;

/// Reads rows of a host as events of a source.
public final class RowReader {
  private final SourceSettings settings;
  private final String idPrefix;
  private final UsageEventReader events;

  /// @param events reads events of any age
  public RowReader(SpendSource source, UsageEventReader events) {
    this.settings = source.settings();
    this.idPrefix = source.idPrefix();
    this.events = events;
  }

  /// Reads one row. One that waits for its cost is an event as soon as it has cost anything.
  PulledRow read(HostRow row) {
    if (!row.isSettled() && !row.hasCost()) {
      return pulled(row, Optional.empty());
    }
    try {
      return new PulledRow(
          row.id(),
          row.time(),
          row.isSettled(),
          Optional.of(events.read(row.event(settings)).withId(row.eventId(idPrefix))),
          Optional.empty());
    } catch (HostRow.Unreadable unreadable) {
      return pulled(row, Optional.of(String.valueOf(unreadable.getMessage())));
    } catch (InvalidJsonException wrong) {
      return pulled(row, Optional.of(wrong.summary()));
    }
  }

  private static PulledRow pulled(HostRow row, Optional<String> problem) {
    return new PulledRow(row.id(), row.time(), row.isSettled(), Optional.empty(), problem);
  }
}
