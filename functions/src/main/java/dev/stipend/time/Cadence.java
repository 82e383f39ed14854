package dev.stipend.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rule by which one budget's periods follow each other.
///
/// Sealed, because the two ways differ in kind: calendar periods go on for ever, a total period is
/// one.
public sealed interface Cadence permits CalendarCadence, TotalCadence {
  PeriodKind kind();

  /// The zone in which periods are aligned and shown.
  ZoneId zone();

  /// The period that contains the instant; empty only outside a total period.
  Optional<Period> periodAt(Instant instant);

  /// The period that starts when this one ends.
  default Optional<Period> after(Period period) {
    return periodAt(period.end());
  }

  /// The period that ends when this one starts.
  default Optional<Period> before(Period period) {
    return periodAt(period.start().minusNanos(1));
  }

  /// All periods that overlap [from, until), oldest first.
  default List<Period> periodsBetween(Instant from, Instant until) {
    List<Period> periods = new ArrayList<>();
    Optional<Period> next = from.isBefore(until) ? periodAt(from) : Optional.empty();
    while (next.isPresent() && next.get().start().isBefore(until)) {
      periods.add(next.get());
      next = after(next.get());
    }
    return periods;
  }
}
