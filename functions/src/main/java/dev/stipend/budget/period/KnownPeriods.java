package dev.stipend.budget.period;

import dev.stipend.time.Cadence;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The periods of a cadence, each computed once. For one thread.
final class KnownPeriods {
  private final Cadence cadence;
  private final TreeMap<Instant, Optional<Period>> byStart = new TreeMap<>();

  KnownPeriods(Cadence cadence) {
    this.cadence = cadence;
  }

  /// The period that contains the instant; empty only outside a total period.
  Optional<Period> at(Instant instant) {
    Map.Entry<Instant, Optional<Period>> before = byStart.floorEntry(instant);
    if (before != null && before.getValue().filter(one -> one.contains(instant)).isPresent()) {
      return before.getValue();
    }
    Optional<Period> found = cadence.periodAt(instant);
    found.ifPresent(period -> byStart.put(period.start(), found));
    return found;
  }
}
