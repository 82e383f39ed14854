package dev.stipend.ingest.source;

import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.platform.json.InvalidJsonException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rows of a source, and what becomes of each while they are recorded.
public final class SourcePage {
  private static final int DATE_LENGTH = "2026-01-31".length();
  private static final String NOT_FINAL = "its cost is not final";

  private final SpendSource source;
  private final UsageEventReader reader;
  private final List<HostRow> rows;
  private final Map<String, HostRow> byEvent = new LinkedHashMap<>();
  private final List<UsageEvent> events = new ArrayList<>();
  private final Map<HostRow, String> rejected = new LinkedHashMap<>();
  private final Set<HostRow> waiting = new HashSet<>();
  private final Set<HostRow> fresh = new HashSet<>();
  private final List<UsageEvent> known = new ArrayList<>();
  private int changes;
  private Optional<Instant> newest = Optional.empty();

  /// @param rows in their order
  public SourcePage(SpendSource source, UsageEventReader reader, List<HostRow> rows) {
    this.source = source;
    this.reader = reader;
    this.rows = List.copyOf(rows);
    rows.forEach(this::read);
  }

  private void read(HostRow row) {
    if (!row.isSettled()) {
      waiting.add(row);
      if (!row.hasCost()) {
        return;
      }
    }
    try {
      UsageEvent event = reader.read(row.event(source.settings())).withId(row.eventId(source));
      if (byEvent.putIfAbsent(event.eventId(), row) == null) {
        events.add(event);
      } else {
        reject(row, "another row has the same id; event_id must be unique");
      }
    } catch (HostRow.Unreadable unreadable) {
      reject(row, String.valueOf(unreadable.getMessage()));
    } catch (InvalidJsonException wrong) {
      reject(row, wrong.summary());
    }
  }

  private void reject(HostRow row, String reason) {
    waiting.remove(row);
    rejected.put(row, reason);
  }

  /// The same before anything became of it.
  public SourcePage again() {
    return new SourcePage(source, reader, rows);
  }

  /// The same in two parts; nothing where there is one row.
  public List<SourcePage> halves() {
    int middle = rows.size() / 2;
    return middle == 0
        ? List.of()
        : List.of(
            new SourcePage(source, reader, rows.subList(0, middle)),
            new SourcePage(source, reader, rows.subList(middle, rows.size())));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public int size() {
    return rows.size();
  }

  /// The row behind which the cursor goes on.
  public HostRow last() {
    return rows.getLast();
  }

  /// The events that are to be recorded.
  public List<UsageEvent> events() {
    return List.copyOf(events);
  }

  /// Nothing of it can be recorded.
  public void refuseAll(String reason) {
    events.forEach(event -> refuse(event, reason));
    events.clear();
  }

  /// An event cannot be recorded.
  public void refuse(UsageEvent event, String reason) {
    reject(row(event), reason);
  }

  /// An event was recorded now.
  public void recorded(UsageEvent event) {
    fresh.add(row(event));
    newest =
        newest
            .filter(known -> !known.isBefore(event.occurredAt()))
            .or(() -> Optional.of(event.occurredAt()));
  }

  /// An event was recorded before, as it is.
  public void known(UsageEvent event) {
    known.add(event);
  }

  /// The events that were recorded before, as they are.
  public List<UsageEvent> knownEvents() {
    return List.copyOf(known);
  }

  /// The cost of an event was corrected.
  public void changed() {
    changes++;
  }

  private HostRow row(UsageEvent event) {
    HostRow row = byEvent.get(event.eventId());
    if (row == null) {
      throw new IllegalArgumentException(event.eventId());
    }
    return row;
  }

  List<String> ids() {
    return rows.stream().map(HostRow::id).toList();
  }

  /// Rows that are to be looked at again.
  List<KeptRow> kept(Instant now) {
    List<KeptRow> kept = new ArrayList<>();
    rejected.forEach((row, reason) -> kept.add(kept(row, true, reason, now)));
    waiting.forEach(row -> kept.add(kept(row, false, NOT_FINAL, now)));
    return kept;
  }

  private static KeptRow kept(HostRow row, boolean isRejected, String reason, Instant now) {
    return new KeptRow(row.id(), isRejected, reason, row.time(), now, now);
  }

  /// The ids of rows of which nothing more is expected.
  List<String> done() {
    Set<String> open = new HashSet<>();
    rejected.keySet().forEach(row -> open.add(row.id()));
    waiting.forEach(row -> open.add(row.id()));
    return rows.stream().map(HostRow::id).filter(id -> !open.contains(id)).toList();
  }

  /// How many rows of each day are new.
  ///
  /// @param keptBefore the ids of rows that were seen before, and kept
  Map<LocalDate, Long> newRows(Set<String> keptBefore) {
    Map<LocalDate, Long> days = new HashMap<>();
    for (HostRow row : rows) {
      boolean isNew = fresh.contains(row) || rejected.containsKey(row) || waiting.contains(row);
      if (isNew && !keptBefore.contains(row.id())) {
        day(row).ifPresent(day -> days.merge(day, 1L, Long::sum));
      }
    }
    return days;
  }

  private static Optional<LocalDate> day(HostRow row) {
    try {
      return Optional.of(LocalDate.parse(row.time().substring(0, DATE_LENGTH)));
    } catch (DateTimeParseException | StringIndexOutOfBoundsException noDay) {
      return Optional.empty();
    }
  }

  /// Why the first row was rejected that was; empty if none was.
  public Optional<String> firstRejection() {
    return rejected.entrySet().stream()
        .findFirst()
        .map(row -> "row %s: %s".formatted(row.getKey().id(), row.getValue()));
  }

  /// How many rows were rejected now.
  public int rejectedRows() {
    return rejected.size();
  }

  /// How many rows were recorded now.
  public int recordedRows() {
    return fresh.size();
  }

  /// How many rows cost something else than before.
  public int changedRows() {
    return changes;
  }

  Optional<Instant> newest() {
    return newest;
  }
}
