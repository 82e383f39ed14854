package dev.stipend.report.summary;

import dev.stipend.time.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// When summaries are written, by the local calendar.
///
/// @param weekday of weekly ones
/// @param hour from 0 to 23; where the clocks skip it, the one after
public record SummaryTimes(SummaryFrequency every, DayOfWeek weekday, int hour, ZoneId zone) {
  /// The first time after an instant.
  public Instant next(Instant after) {
    LocalDate day = after.atZone(zone).toLocalDate();
    while (!isOn(day) || !at(day).isAfter(after)) {
      day = day.plusDays(1);
    }
    return at(day);
  }

  /// The window of a summary that is written at an instant: whole local days, up to the start of
  /// the last day that one is written on.
  Period window(Instant now) {
    LocalDate day = now.atZone(zone).toLocalDate();
    while (!isOn(day) || at(day).isAfter(now)) {
      day = day.minusDays(1);
    }
    return new Period(start(day.minusDays(every.days())), start(day));
  }

  /// The window before.
  Period before(Period window) {
    LocalDate first = window.start().atZone(zone).toLocalDate();
    return new Period(start(first.minusDays(every.days())), window.start());
  }

  private boolean isOn(LocalDate day) {
    return every == SummaryFrequency.DAILY || day.getDayOfWeek() == weekday;
  }

  private Instant at(LocalDate day) {
    return ZonedDateTime.of(day, LocalTime.of(hour, 0), zone).toInstant();
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
