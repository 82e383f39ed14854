package dev.stipend.maintenance.reconciliation;

import dev.stipend.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// By which days the counters are found that have to be compared. All are UTC days.
///
/// @param recorded the days of which something was recorded, or whose totals were repaired
/// @param ends the days on which periods end whose counters were changed
record ChangedDays(NavigableSet<LocalDate> recorded, Set<LocalDate> ends) {
  static ChangedDays of(Collection<LocalDate> recorded, Collection<LocalDate> ends) {
    return new ChangedDays(new TreeSet<>(recorded), Set.copyOf(ends));
  }

  boolean isEmpty() {
    return recorded.isEmpty() && ends.isEmpty();
  }

  /// Whether counters of a period have to be compared.
  boolean touch(Period period) {
    LocalDate last = recorded.floor(dayOf(period.end().minusNanos(1)));
    return ends.contains(dayOf(period.end()))
        || (last != null && !last.isBefore(dayOf(period.start())));
  }

  private static LocalDate dayOf(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
