package dev.stipend.oracle;

import dev.stipend.support.SettableClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/// A period of a budget, by this package's own calendar.
record Window(Instant start, Instant end) {
  /// The period in which an instant is. One of kind `total` begins with the story and never ends.
  static Window of(Limit limit, Instant at) {
    ZonedDateTime local = at.atZone(ZoneId.of(limit.zone()));
    return switch (limit.period()) {
      case "hourly" -> {
        Instant start = local.truncatedTo(ChronoUnit.HOURS).toInstant();
        yield new Window(start, start.plus(1, ChronoUnit.HOURS));
      }
      case "daily" -> days(local.toLocalDate(), local.toLocalDate().plusDays(1), local.getZone());
      case "monthly" -> {
        LocalDate first = local.toLocalDate().withDayOfMonth(1);
        yield days(first, first.plusMonths(1), local.getZone());
      }
      case "total" -> new Window(SettableClock.START, Instant.MAX);
      default -> throw new IllegalArgumentException(limit.period());
    };
  }

  private static Window days(LocalDate from, LocalDate until, ZoneId zone) {
    return new Window(from.atStartOfDay(zone).toInstant(), until.atStartOfDay(zone).toInstant());
  }

  boolean contains(Instant at) {
    return !at.isBefore(start) && at.isBefore(end);
  }

  boolean hasEnded(Instant at) {
    return !at.isBefore(end);
  }
}
