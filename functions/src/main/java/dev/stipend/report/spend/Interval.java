package dev.stipend.report.spend;

import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Into what a range of time is split. Weeks start on Monday.
public enum Interval {
  /// The range stays whole.
  NONE,
  /// Of UTC, and so of every zone whose offset is a multiple of it.
  QUARTER_HOUR,
  HOUR,
  DAY,
  WEEK,
  MONTH,
  YEAR;

  /// The intervals that tile the range, the first and the last cut to it; where there are more than
  /// `most`, the first `most + 1` of them.
  public List<Period> split(Period range, ZoneId zone, int most) {
    List<Period> intervals = new ArrayList<>();
    Instant start = range.start();
    while (start.isBefore(range.end()) && intervals.size() <= most) {
      Instant end = endOfIntervalAt(start, range, zone);
      intervals.add(new Period(start, end.isBefore(range.end()) ? end : range.end()));
      start = end;
    }
    return intervals;
  }

  private Instant endOfIntervalAt(Instant instant, Period range, ZoneId zone) {
    return switch (this) {
      case NONE -> range.end();
      case QUARTER_HOUR -> QuarterHours.floor(instant).plus(QuarterHours.LENGTH);
      case HOUR -> endOfPeriodAt(instant, PeriodKind.HOURLY, zone);
      case DAY -> endOfPeriodAt(instant, PeriodKind.DAILY, zone);
      case WEEK -> endOfPeriodAt(instant, PeriodKind.WEEKLY, zone);
      case MONTH -> endOfPeriodAt(instant, PeriodKind.MONTHLY, zone);
      case YEAR -> endOfPeriodAt(instant, PeriodKind.YEARLY, zone);
    };
  }

  private static Instant endOfPeriodAt(Instant instant, PeriodKind kind, ZoneId zone) {
    return new CalendarCadence(kind, zone, DayOfWeek.MONDAY, 1, 1)
        .periodAt(instant)
        .orElseThrow()
        .end();
  }
}
