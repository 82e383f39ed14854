package dev.stipend.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// One period and no other.
///
/// @param zone where the period's bounds are shown
/// @param period from the budget's start to its end, or {@link Period#FOREVER}
public record TotalCadence(ZoneId zone, Period period) implements Cadence {
  @Override
  public PeriodKind kind() {
    return PeriodKind.TOTAL;
  }

  @Override
  public Optional<Period> periodAt(Instant instant) {
    return period.contains(instant) ? Optional.of(period) : Optional.empty();
  }

  @Override
  public List<Period> periodsBetween(Instant from, Instant until) {
    boolean overlaps =
        from.isBefore(until) && from.isBefore(period.end()) && period.start().isBefore(until);
    return overlaps ? List.of(period) : List.of();
  }
}
