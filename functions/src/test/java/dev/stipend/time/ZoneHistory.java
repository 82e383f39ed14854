package dev.stipend.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// An oracle: the offsets of a zone as plain stretches of seconds, on which local dates and hours
/// are computed by walking and arithmetic alone.
///
/// @param zone the zone
/// @param stretches its stretches of one offset, oldest first, without a gap
record ZoneHistory(ZoneId zone, List<Stretch> stretches) {
  private static final long DAY = 86_400;
  private static final long HOUR = 3_600;
  private static final long MINUTE = 60;

  /// Seconds since the epoch that share an offset from UTC.
  record Stretch(long from, long until, int offset) {}

  static ZoneHistory of(ZoneId zone, Instant from, Instant until) {
    ZoneRules rules = zone.getRules();
    List<Stretch> stretches = new ArrayList<>();
    long start = from.getEpochSecond();
    long last = until.getEpochSecond();
    while (start < last) {
      Instant instant = Instant.ofEpochSecond(start);
      ZoneOffsetTransition next = rules.nextTransition(instant);
      long end = next == null ? last : Math.min(last, next.toEpochSecond());
      stretches.add(new Stretch(start, end, rules.getOffset(instant).getTotalSeconds()));
      start = end;
    }
    return new ZoneHistory(zone, stretches);
  }

  /// The first second whose local date is this one or, should the zone have skipped it, a later
  /// one.
  long firstSecondOf(LocalDate date) {
    long midnight = date.toEpochDay() * DAY;
    for (Stretch stretch : stretches) {
      if (stretch.until() + stretch.offset() > midnight) {
        return Math.max(stretch.from(), midnight - stretch.offset());
      }
    }
    throw new AssertionError(date + " is not within the history of " + zone);
  }

  /// The first seconds of all dates of [first, last] that a calendar starts a period on.
  List<Long> firstSecondsOf(LocalDate first, LocalDate last, Predicate<LocalDate> starts) {
    Set<Long> seconds = new TreeSet<>();
    int index = 0;
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      long midnight = date.toEpochDay() * DAY;
      while (stretches.get(index).until() + stretches.get(index).offset() <= midnight) {
        index++;
      }
      if (starts.test(date)) {
        seconds.add(
            Math.max(stretches.get(index).from(), midnight - stretches.get(index).offset()));
      }
    }
    return List.copyOf(seconds);
  }

  /// The minutes of [from, until) at which the local clock shows a new hour or changes its offset,
  /// found by looking at every minute.
  List<Long> hourStarts(long from, long until) {
    List<Long> starts = new ArrayList<>();
    int index = 0;
    long lastHour = Long.MIN_VALUE;
    int lastOffset = 0;
    for (long minute = from - Math.floorMod(from, MINUTE); minute < until; minute += MINUTE) {
      while (stretches.get(index).until() <= minute) {
        index++;
      }
      int offset = stretches.get(index).offset();
      long hour = Math.floorDiv(minute + offset, HOUR);
      if (lastHour != Long.MIN_VALUE && (hour != lastHour || offset != lastOffset)) {
        starts.add(minute);
      }
      lastHour = hour;
      lastOffset = offset;
    }
    return starts;
  }
}
