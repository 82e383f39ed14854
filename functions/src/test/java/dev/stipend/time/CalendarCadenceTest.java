package dev.stipend.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CalendarCadenceTest {
  @Test
  void aDayIsFromLocalMidnightToLocalMidnight() {
    assertThat(day("America/Mexico_City", "2026-03-01T12:00:00Z"))
        .isEqualTo(period("2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z"));
  }

  @Test
  void theFirstInstantOfADayBelongsToItAndTheFirstOfTheNextDoesNot() {
    assertThat(day("UTC", "2026-03-01T00:00:00Z"))
        .isEqualTo(period("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"));
    assertThat(day("UTC", "2026-02-28T23:59:59.999999999Z"))
        .isEqualTo(period("2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"));
  }

  @Test
  void theDayOnWhichClocksGoForwardHas23Hours() {
    Period day = day("Europe/Berlin", "2026-03-29T12:00:00Z");
    assertThat(day).isEqualTo(period("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
    assertThat(hoursOf("Europe/Berlin", day)).hasSize(23);
  }

  @Test
  void theDayOnWhichClocksGoBackHas25HoursOfSixtyMinutes() {
    Period day = day("America/New_York", "2026-11-01T12:00:00Z");
    assertThat(day).isEqualTo(period("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"));
    assertThat(hoursOf("America/New_York", day))
        .hasSize(25)
        .allMatch(hour -> length(hour).equals(Duration.ofHours(1)));
  }

  @Test
  void lordHoweMovesItsClocksByHalfAnHour() {
    assertThat(length(day("Australia/Lord_Howe", "2026-10-04T00:00:00Z")))
        .isEqualTo(Duration.ofMinutes(23 * 60 + 30));
    Period longDay = day("Australia/Lord_Howe", "2026-04-05T00:00:00Z");
    assertThat(length(longDay)).isEqualTo(Duration.ofMinutes(24 * 60 + 30));
    assertThat(hoursOf("Australia/Lord_Howe", longDay))
        .hasSize(25)
        .contains(period("2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z"));
  }

  @Test
  void samoaHasNoPeriodForTheDayThatItSkipped() {
    Period last = day("Pacific/Apia", "2011-12-30T09:59:59Z");
    assertThat(last).isEqualTo(period("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"));
    CalendarCadence days = cadence(PeriodKind.DAILY, "Pacific/Apia");
    Period next = days.after(last).orElseThrow();
    assertThat(next).isEqualTo(period("2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"));
    assertThat(next.start().atZone(days.zone()).toLocalDate()).hasToString("2011-12-31");
    assertThat(days.before(next)).contains(last);
  }

  @Test
  void aWeekAndAMonthThatStartOnASkippedDayStartOnTheNext() {
    Instant skipped = Instant.parse("2011-12-30T10:00:00Z");
    ZoneId samoa = ZoneId.of("Pacific/Apia");
    for (CalendarCadence cadence :
        List.of(
            new CalendarCadence(PeriodKind.WEEKLY, samoa, DayOfWeek.FRIDAY, 1, 1),
            new CalendarCadence(PeriodKind.MONTHLY, samoa, DayOfWeek.MONDAY, 30, 1),
            new CalendarCadence(PeriodKind.YEARLY, samoa, DayOfWeek.MONDAY, 30, 12))) {
      assertThat(cadence.periodAt(skipped).orElseThrow().start()).isEqualTo(skipped);
      assertThat(cadence.periodAt(skipped.minusNanos(1)).orElseThrow().end()).isEqualTo(skipped);
    }
  }

  @Test
  void kwajaleinSkippedTheTwentyFirstOfAugust1993() {
    assertSkips("Pacific/Kwajalein", "1993-08-20", "1993-08-22", "1993-08-21T12:00:00Z");
  }

  @Test
  void kiritimatiSkippedTheLastDayOf1994() {
    assertSkips("Pacific/Kiritimati", "1994-12-30", "1995-01-01", "1994-12-31T10:00:00Z");
  }

  @Test
  void asuncionWhereClocksWentForwardAtMidnightStartsItsDayAtOneOClock() {
    Period day = day("America/Asuncion", "2023-10-01T12:00:00Z");
    assertThat(day).isEqualTo(period("2023-10-01T04:00:00Z", "2023-10-02T03:00:00Z"));
  }

  @Test
  void asuncionWhereClocksWentBackAtMidnightEndsItsDayWithTheSecondMidnight() {
    Period day = day("America/Asuncion", "2024-03-24T03:30:00Z");
    assertThat(day).isEqualTo(period("2024-03-23T03:00:00Z", "2024-03-24T04:00:00Z"));
  }

  @Test
  void havanaStartsTheDayWithTheFirstOfItsTwoMidnights() {
    assertThat(day("America/Havana", "2026-11-01T05:30:00Z"))
        .isEqualTo(period("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"));
    assertThat(day("America/Havana", "2026-03-08T12:00:00Z"))
        .isEqualTo(period("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"));
  }

  @Test
  void whereClocksWentBackOneMinuteAfterMidnightTheRepeatedEveningBelongsToTheNewDay() {
    for (String zone : List.of("America/St_Johns", "America/Goose_Bay")) {
      Instant midnight =
          Instant.parse(zone.endsWith("Johns") ? "2010-11-07T02:30:00Z" : "2010-11-07T03:00:00Z");
      CalendarCadence days = cadence(PeriodKind.DAILY, zone);
      Period day = days.periodAt(midnight).orElseThrow();
      assertThat(day).isEqualTo(new Period(midnight, midnight.plus(Duration.ofHours(25))));
      Instant repeatedEvening = midnight.plus(Duration.ofMinutes(30));
      assertThat(repeatedEvening.atZone(days.zone()).toLocalDate()).hasToString("2010-11-06");
      assertThat(days.periodAt(repeatedEvening)).contains(day);
    }
  }

  @Test
  void trollMovesItsClocksByTwoHours() {
    assertThat(length(day("Antarctica/Troll", "2026-03-29T12:00:00Z")))
        .isEqualTo(Duration.ofHours(22));
    assertThat(length(day("Antarctica/Troll", "2026-10-25T12:00:00Z")))
        .isEqualTo(Duration.ofHours(26));
  }

  @Test
  void hoursFollowTheLocalClockInZonesOffByAQuarter() {
    assertThat(hour("Asia/Kathmandu", "2026-05-01T10:00:00Z"))
        .isEqualTo(period("2026-05-01T09:15:00Z", "2026-05-01T10:15:00Z"));
    assertThat(hour("Pacific/Chatham", "2026-05-01T10:00:00Z"))
        .isEqualTo(period("2026-05-01T09:15:00Z", "2026-05-01T10:15:00Z"));
  }

  @Test
  void chathamChangesItsClocksWithinAnHourWhichEndsThere() {
    assertThat(hour("Pacific/Chatham", "2026-04-04T13:59:00Z"))
        .isEqualTo(period("2026-04-04T13:15:00Z", "2026-04-04T14:00:00Z"));
    assertThat(hour("Pacific/Chatham", "2026-04-04T14:00:00Z"))
        .isEqualTo(period("2026-04-04T14:00:00Z", "2026-04-04T14:15:00Z"));
  }

  @Test
  void aWeekStartsOnTheDayThatIsAskedFor() {
    ZoneId utc = ZoneId.of("UTC");
    Instant wednesday = Instant.parse("2026-07-15T08:00:00Z");
    assertThat(
            new CalendarCadence(PeriodKind.WEEKLY, utc, DayOfWeek.MONDAY, 1, 1).periodAt(wednesday))
        .contains(period("2026-07-13T00:00:00Z", "2026-07-20T00:00:00Z"));
    assertThat(
            new CalendarCadence(PeriodKind.WEEKLY, utc, DayOfWeek.SUNDAY, 1, 1).periodAt(wednesday))
        .contains(period("2026-07-12T00:00:00Z", "2026-07-19T00:00:00Z"));
    assertThat(
            new CalendarCadence(PeriodKind.WEEKLY, utc, DayOfWeek.WEDNESDAY, 1, 1)
                .periodAt(wednesday))
        .contains(period("2026-07-15T00:00:00Z", "2026-07-22T00:00:00Z"));
  }

  @Test
  void aMonthAnchoredToThe31stStartsOnTheLastDayOfShorterMonths() {
    CalendarCadence months = monthly(31);
    assertThat(
            months.periodsBetween(
                Instant.parse("2024-01-31T00:00:00Z"), Instant.parse("2024-05-01T00:00:00Z")))
        .containsExactly(
            period("2024-01-31T00:00:00Z", "2024-02-29T00:00:00Z"),
            period("2024-02-29T00:00:00Z", "2024-03-31T00:00:00Z"),
            period("2024-03-31T00:00:00Z", "2024-04-30T00:00:00Z"),
            period("2024-04-30T00:00:00Z", "2024-05-31T00:00:00Z"));
  }

  @Test
  void aMonthAnchoredToThe29thFollowsLeapYears() {
    assertThat(monthly(29).periodAt(Instant.parse("2023-02-28T00:00:00Z")))
        .contains(period("2023-02-28T00:00:00Z", "2023-03-29T00:00:00Z"));
    assertThat(monthly(29).periodAt(Instant.parse("2024-02-28T00:00:00Z")))
        .contains(period("2024-01-29T00:00:00Z", "2024-02-29T00:00:00Z"));
  }

  @Test
  void quartersCountFromTheAnchorMonth() {
    CalendarCadence quarters =
        new CalendarCadence(PeriodKind.QUARTERLY, ZoneId.of("UTC"), DayOfWeek.MONDAY, 1, 2);
    assertThat(quarters.periodAt(Instant.parse("2026-01-31T23:59:59Z")))
        .contains(period("2025-11-01T00:00:00Z", "2026-02-01T00:00:00Z"));
    assertThat(quarters.periodAt(Instant.parse("2026-02-01T00:00:00Z")))
        .contains(period("2026-02-01T00:00:00Z", "2026-05-01T00:00:00Z"));
  }

  @Test
  void aFiscalYearStartsInItsAnchorMonth() {
    CalendarCadence years =
        new CalendarCadence(PeriodKind.YEARLY, ZoneId.of("Europe/London"), DayOfWeek.MONDAY, 6, 4);
    assertThat(years.periodAt(Instant.parse("2026-04-05T22:59:59Z")))
        .contains(period("2025-04-05T23:00:00Z", "2026-04-05T23:00:00Z"));
    assertThat(years.periodAt(Instant.parse("2026-04-05T23:00:00Z")))
        .contains(period("2026-04-05T23:00:00Z", "2027-04-05T23:00:00Z"));
  }

  @Test
  void betweenAnInstantAndItselfThereIsNoPeriod() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    CalendarCadence days = cadence(PeriodKind.DAILY, "UTC");
    assertThat(days.periodsBetween(noon, noon)).isEmpty();
    assertThat(days.periodsBetween(noon, noon.minusSeconds(1))).isEmpty();
    assertThat(days.periodsBetween(noon, noon.plusNanos(1))).hasSize(1);
  }

  @Test
  void aPeriodThatOnlyTouchesTheIntervalIsNotBetween() {
    Instant midnight = Instant.parse("2026-03-01T00:00:00Z");
    assertThat(
            cadence(PeriodKind.DAILY, "UTC")
                .periodsBetween(midnight, midnight.plus(Duration.ofDays(1))))
        .containsExactly(period("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"));
  }

  @Test
  void aTotalPeriodIsNotAlignedToTheCalendar() {
    assertThatThrownBy(() -> cadence(PeriodKind.TOTAL, "UTC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a total period is not aligned to the calendar");
  }

  @Test
  void anAnchorOutsideTheCalendarIsRefused() {
    ZoneId utc = ZoneId.of("UTC");
    for (int day : List.of(0, 32, -1)) {
      assertThatThrownBy(
              () -> new CalendarCadence(PeriodKind.MONTHLY, utc, DayOfWeek.MONDAY, day, 1))
          .hasMessage("anchor day " + day + " is not within 1 to 31");
    }
    for (int month : List.of(0, 13)) {
      assertThatThrownBy(
              () -> new CalendarCadence(PeriodKind.YEARLY, utc, DayOfWeek.MONDAY, 1, month))
          .hasMessage("anchor month " + month + " is not within 1 to 12");
    }
  }

  private static void assertSkips(String zone, String last, String next, String boundary) {
    CalendarCadence days = cadence(PeriodKind.DAILY, zone);
    Instant first = Instant.parse(boundary);
    Period before = days.periodAt(first.minusNanos(1)).orElseThrow();
    Period after = days.periodAt(first).orElseThrow();
    assertThat(before.end()).isEqualTo(first).isEqualTo(after.start());
    assertThat(before.start().atZone(days.zone()).toLocalDate()).hasToString(last);
    assertThat(after.start().atZone(days.zone()).toLocalDate()).hasToString(next);
    assertThat(length(before)).isEqualTo(Duration.ofDays(1)).isEqualTo(length(after));
  }

  private static CalendarCadence cadence(PeriodKind kind, String zone) {
    return new CalendarCadence(kind, ZoneId.of(zone), DayOfWeek.MONDAY, 1, 1);
  }

  private static CalendarCadence monthly(int anchorDay) {
    return new CalendarCadence(
        PeriodKind.MONTHLY, ZoneId.of("UTC"), DayOfWeek.MONDAY, anchorDay, 1);
  }

  private static Period day(String zone, String instant) {
    return cadence(PeriodKind.DAILY, zone).periodAt(Instant.parse(instant)).orElseThrow();
  }

  private static Period hour(String zone, String instant) {
    return cadence(PeriodKind.HOURLY, zone).periodAt(Instant.parse(instant)).orElseThrow();
  }

  private static List<Period> hoursOf(String zone, Period day) {
    return cadence(PeriodKind.HOURLY, zone).periodsBetween(day.start(), day.end());
  }

  private static Duration length(Period period) {
    return Duration.between(period.start(), period.end());
  }

  private static Period period(String start, String end) {
    return new Period(Instant.parse(start), Instant.parse(end));
  }
}
