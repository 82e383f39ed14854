package dev.stipend.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// Periods aligned to the calendar of a time zone.
///
/// @param kind any but {@link PeriodKind#TOTAL}
/// @param zone the zone whose calendar counts
/// @param weekStart the first day of a weekly period
/// @param anchorDay the day of month, 1–31, on which monthly and longer periods start; clamped to
///     the month's length
/// @param anchorMonth the month, 1–12, in which a yearly period starts, and from which quarters are
///     counted
public record CalendarCadence(
    PeriodKind kind, ZoneId zone, DayOfWeek weekStart, int anchorDay, int anchorMonth)
    implements Cadence {

  /// @throws IllegalArgumentException if the kind is `TOTAL` or an anchor is out of range
  public CalendarCadence {
    if (kind == PeriodKind.TOTAL) {
      throw new IllegalArgumentException("a total period is not aligned to the calendar");
    }
    if (anchorDay < 1 || anchorDay > 31) {
      throw new IllegalArgumentException("anchor day " + anchorDay + " is not within 1 to 31");
    }
    if (anchorMonth < 1 || anchorMonth > 12) {
      throw new IllegalArgumentException("anchor month " + anchorMonth + " is not within 1 to 12");
    }
  }

  @Override
  public Optional<Period> periodAt(Instant instant) {
    return Optional.of(kind == PeriodKind.HOURLY ? hourAt(instant) : daysAt(instant));
  }

  private Period hourAt(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    Instant start =
        local.toLocalDateTime().truncatedTo(ChronoUnit.HOURS).toInstant(local.getOffset());
    Instant end = start.plus(1, ChronoUnit.HOURS);
    ZoneOffsetTransition last = zone.getRules().previousTransition(instant.plusNanos(1));
    if (last != null && last.getInstant().isAfter(start)) {
      start = last.getInstant();
    }
    ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
    if (next != null && next.getInstant().isBefore(end)) {
      end = next.getInstant();
    }
    return new Period(start, end);
  }

  private Period daysAt(Instant instant) {
    LocalDate start = startOnOrBefore(instant.atZone(zone).toLocalDate());
    LocalDate end = startAfter(start);
    // Where clocks go back over midnight, instants after a day's first one carry the old date once
    // more; and a date that the zone skipped starts when the next one does. Both are settled by the
    // instants, not by the dates.
    while (!instant.isBefore(firstInstantOf(end))) {
      start = end;
      end = startAfter(start);
    }
    return new Period(firstInstantOf(start), firstInstantOf(end));
  }

  private Instant firstInstantOf(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  private LocalDate startOnOrBefore(LocalDate date) {
    return switch (kind) {
      case DAILY -> date;
      case WEEKLY -> date.with(TemporalAdjusters.previousOrSame(weekStart));
      default -> {
        int length = months();
        int since = Math.floorMod(date.getMonthValue() - anchorMonth, length);
        LocalDate start = anchoredIn(YearMonth.from(date).minusMonths(since));
        yield start.isAfter(date) ? anchoredIn(YearMonth.from(start).minusMonths(length)) : start;
      }
    };
  }

  private LocalDate startAfter(LocalDate start) {
    return switch (kind) {
      case DAILY -> start.plusDays(1);
      case WEEKLY -> start.plusWeeks(1);
      default -> anchoredIn(YearMonth.from(start).plusMonths(months()));
    };
  }

  private int months() {
    return switch (kind) {
      case MONTHLY -> 1;
      case QUARTERLY -> 3;
      default -> 12;
    };
  }

  private LocalDate anchoredIn(YearMonth month) {
    return month.atDay(Math.min(anchorDay, month.lengthOfMonth()));
  }
}
