package dev.stipend.console.spend;

import dev.stipend.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A range of time that has a name, and what it is compared with.
enum RangeChoice {
  WEEK("7d"),
  DAYS_30("30d"),
  MONTH("month"),
  LAST_MONTH("last-month"),
  DAYS_90("90d"),
  YEAR("year");

  /// What an address names it.
  final String label;

  RangeChoice(String label) {
    this.label = label;
  }

  static Map<String, RangeChoice> byLabel() {
    return Arrays.stream(values())
        .collect(
            Collectors.toMap(
                range -> range.label, range -> range, (one, other) -> one, LinkedHashMap::new));
  }

  /// The range, of whole days but for the running one.
  Period period(ZoneId zone, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    Instant from = start(today).atStartOfDay(zone).toInstant();
    Instant until =
        this == LAST_MONTH
            ? today.withDayOfMonth(1).atStartOfDay(zone).toInstant()
            : now.truncatedTo(ChronoUnit.MICROS);
    return new Period(from, from.isBefore(until) ? until : from.plus(1, ChronoUnit.MICROS));
  }

  private LocalDate start(LocalDate today) {
    return switch (this) {
      case WEEK -> today.minusDays(6);
      case DAYS_30 -> today.minusDays(29);
      case DAYS_90 -> today.minusDays(89);
      case MONTH -> today.withDayOfMonth(1);
      case LAST_MONTH -> today.withDayOfMonth(1).minusMonths(1);
      case YEAR -> today.minusYears(1).plusDays(1);
    };
  }

  /// What the range is compared with.
  Period before(Period range, ZoneId zone) {
    return new Period(
        earlier(range.start().atZone(zone)).toInstant(),
        earlier(range.end().atZone(zone)).toInstant());
  }

  private ZonedDateTime earlier(ZonedDateTime time) {
    return switch (this) {
      case WEEK -> time.minusDays(7);
      case DAYS_30 -> time.minusDays(30);
      case DAYS_90 -> time.minusDays(90);
      case MONTH, LAST_MONTH -> time.minusMonths(1);
      case YEAR -> time.minusYears(1);
    };
  }

  /// What a range without a name is compared with: as many days, where it has whole days, or as
  /// much time.
  static Period beforeAny(Period range, ZoneId zone) {
    ZonedDateTime from = range.start().atZone(zone);
    ZonedDateTime until = range.end().atZone(zone);
    boolean isDays =
        from.toLocalTime().equals(LocalTime.MIDNIGHT)
            && until.toLocalTime().equals(LocalTime.MIDNIGHT);
    if (isDays) {
      long days = ChronoUnit.DAYS.between(from.toLocalDate(), until.toLocalDate());
      return new Period(from.minusDays(days).toInstant(), range.start());
    }
    return new Period(
        range.start().minus(Duration.between(range.start(), range.end())), range.start());
  }
}
