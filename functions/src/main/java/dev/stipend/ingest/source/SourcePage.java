package dev.stipend.ingest.source;

import dev.stipend.ingest.ledger.UsageEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rows of a source, and what becomes of each while they are recorded.
public final class SourcePage {
  private static final int DATE_LENGTH = "2026-01-31".length();
  private static final String NOT_FINAL = "its cost is not final";

  private final List<PulledRow> rows;
  private final List<RowOutcome> outcomes;
  private final Map<String, RowOutcome> byEvent;
  private final List<UsageEvent> events;
  private final List<UsageEvent> known = new ArrayList<>();
  private int changes;

  /// What has become of a row so far.
  private static final class RowOutcome {
    final PulledRow row;
    @Nullable String rejection;
    boolean isRecorded;

    RowOutcome(PulledRow row) {
      this.row = row;
      this.rejection = row.problem().orElse(null);
    }

    boolean isRejected() {
      return rejection != null;
    }

    boolean isWaiting() {
      return rejection == null && !row.isSettled();
    }

    /// Whether it is to be looked at again.
    boolean isOpen() {
      return isRejected() || isWaiting();
    }
  }

  /// @param rows in their order
  public SourcePage(List<PulledRow> rows) {
    this.rows = rows;
    this.outcomes = new ArrayList<>(rows.size());
    this.events = new ArrayList<>(rows.size());
    this.byEvent = HashMap.newHashMap(rows.size());
    for (PulledRow row : rows) {
      RowOutcome outcome = new RowOutcome(row);
      outcomes.add(outcome);
      row.event().ifPresent(event -> add(event, outcome));
    }
  }

  private void add(UsageEvent event, RowOutcome outcome) {
    if (byEvent.putIfAbsent(event.eventId(), outcome) == null) {
      events.add(event);
    } else {
      outcome.rejection = "another row has the same id; event_id must be unique";
    }
  }

  /// The same before anything became of it.
  public SourcePage again() {
    return new SourcePage(rows);
  }

  /// The same in two parts; nothing where there is one row.
  public List<SourcePage> halves() {
    int middle = rows.size() / 2;
    return middle == 0
        ? List.of()
        : List.of(
            new SourcePage(rows.subList(0, middle)),
            new SourcePage(rows.subList(middle, rows.size())));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public int size() {
    return rows.size();
  }

  /// The row behind which the cursor goes on.
  public PulledRow last() {
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
    outcome(event).rejection = reason;
  }

  /// An event was recorded now.
  public void recorded(UsageEvent event) {
    outcome(event).isRecorded = true;
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

  private RowOutcome outcome(UsageEvent event) {
    RowOutcome outcome = byEvent.get(event.eventId());
    if (outcome == null) {
      throw new IllegalArgumentException(event.eventId());
    }
    return outcome;
  }

  List<String> ids() {
    return rows.stream().map(PulledRow::id).toList();
  }

  /// Rows that are to be looked at again.
  List<KeptRow> kept(Instant now) {
    return Stream.concat(
            outcomes.stream().filter(RowOutcome::isRejected),
            outcomes.stream().filter(RowOutcome::isWaiting))
        .map(outcome -> kept(outcome, now))
        .toList();
  }

  private static KeptRow kept(RowOutcome outcome, Instant now) {
    String reason = outcome.rejection == null ? NOT_FINAL : outcome.rejection;
    return new KeptRow(
        outcome.row.id(), outcome.isRejected(), reason, outcome.row.time(), now, now);
  }

  /// Those of the rows that were kept of which nothing more is expected.
  ///
  /// @param keptBefore the ids of rows that were seen before, and kept
  Set<String> done(Set<String> keptBefore) {
    Set<String> done = new HashSet<>(keptBefore);
    outcomes.stream().filter(RowOutcome::isOpen).forEach(outcome -> done.remove(outcome.row.id()));
    return done;
  }

  /// How many rows of each day are new.
  ///
  /// @param keptBefore the ids of rows that were seen before, and kept
  Map<LocalDate, Long> newRows(Set<String> keptBefore) {
    Map<String, Long> dates = new HashMap<>();
    for (RowOutcome outcome : outcomes) {
      boolean isNew = outcome.isRecorded || outcome.isOpen();
      String time = outcome.row.time();
      if (isNew && time.length() >= DATE_LENGTH && !keptBefore.contains(outcome.row.id())) {
        dates.merge(time.substring(0, DATE_LENGTH), 1L, Long::sum);
      }
    }
    Map<LocalDate, Long> days = new HashMap<>();
    dates.forEach((date, count) -> day(date).ifPresent(day -> days.put(day, count)));
    return days;
  }

  private static Optional<LocalDate> day(String date) {
    try {
      return Optional.of(LocalDate.parse(date));
    } catch (DateTimeParseException noDay) {
      return Optional.empty();
    }
  }

  /// Why the first row was rejected that was; empty if none was.
  public Optional<String> firstRejection() {
    return outcomes.stream()
        .filter(RowOutcome::isRejected)
        .findFirst()
        .map(outcome -> "row %s: %s".formatted(outcome.row.id(), outcome.rejection));
  }

  /// How many rows were recorded now.
  public int recordedRows() {
    return Math.toIntExact(outcomes.stream().filter(outcome -> outcome.isRecorded).count());
  }

  /// How many rows cost something else than before.
  public int changedRows() {
    return changes;
  }

  /// The time of the newest event that was recorded now; empty if none was.
  Optional<Instant> newest() {
    return outcomes.stream()
        .filter(outcome -> outcome.isRecorded)
        .flatMap(outcome -> outcome.row.event().stream())
        .map(UsageEvent::occurredAt)
        .max(Comparator.naturalOrder());
  }
}
