package dev.stipend.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Periods of every zone against {@link ZoneHistory}.
final class CalendarCadenceOracleTest {
  private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2051-01-01T00:00:00Z");
  private static final Instant HISTORY_FROM = Instant.parse("1998-01-01T00:00:00Z");
  private static final Instant HISTORY_UNTIL = Instant.parse("2053-01-01T00:00:00Z");
  private static final LocalDate FIRST_DATE = LocalDate.of(1998, 1, 3);
  private static final LocalDate LAST_DATE = LocalDate.of(2052, 12, 29);
  private static final List<Integer> MINUTES_AROUND =
      List.of(-150, -61, -30, -1, 0, 1, 15, 30, 59, 61, 90, 119, 150);

  @Test
  void everyZoneTilesHalfACenturyAsItsLocalCalendarSays() {
    int seed = 0;
    for (ZoneHistory history : distinctHistories()) {
      seed += 7;
      for (CalendarCadence cadence : sample(history.zone(), seed)) {
        assertFollowsTheCalendar(history, cadence);
      }
    }
  }

  @Test
  void everyAnchorTilesHalfACenturyAsTheCalendarSays() {
    ZoneHistory history = ZoneHistory.of(ZoneOffset.UTC, HISTORY_FROM, HISTORY_UNTIL);
    for (DayOfWeek weekStart : DayOfWeek.values()) {
      assertFollowsTheCalendar(
          history, cadence(PeriodKind.WEEKLY, ZoneOffset.UTC, weekStart, 1, 1));
    }
    for (int day = 1; day <= 31; day++) {
      for (int month = 1; month <= 12; month++) {
        for (PeriodKind kind :
            List.of(PeriodKind.MONTHLY, PeriodKind.QUARTERLY, PeriodKind.YEARLY)) {
          assertFollowsTheCalendar(
              history, cadence(kind, ZoneOffset.UTC, DayOfWeek.MONDAY, day, month));
        }
      }
    }
  }

  @Test
  void everyKindIsExactAroundEveryTransitionOfEveryZone() {
    for (ZoneHistory history : distinctHistories()) {
      for (ZoneOffsetTransition transition : transitions(history.zone())) {
        LocalDate last = transition.getDateTimeAfter().toLocalDate().plusDays(1);
        LocalDate first = transition.getDateTimeBefore().toLocalDate().minusDays(1);
        LocalDate date = first.isBefore(last) ? first : last.minusDays(2);
        for (; !date.isAfter(last); date = date.plusDays(1)) {
          for (CalendarCadence cadence : startingOn(date, history.zone())) {
            assertStartsOn(history, cadence, date, transition.getInstant());
          }
        }
      }
    }
  }

  @Test
  void hoursAreExactAroundEveryTransitionOfEveryZone() {
    for (ZoneHistory history : distinctHistories()) {
      CalendarCadence cadence = cadence(PeriodKind.HOURLY, history.zone(), DayOfWeek.MONDAY, 1, 1);
      for (ZoneOffsetTransition transition : transitions(history.zone())) {
        long at = transition.toEpochSecond();
        ZoneHistory around =
            ZoneHistory.of(
                history.zone(),
                Instant.ofEpochSecond(at - 43_200),
                Instant.ofEpochSecond(at + 43_200));
        List<Long> starts = around.hourStarts(at - 3 * 3_600, at + 3 * 3_600);
        assertThat(starts).as("%s at %s", history.zone(), transition).contains(at);
        for (int i = 1; i < starts.size(); i++) {
          assertPeriod(cadence, starts.get(i - 1), starts.get(i));
        }
      }
    }
  }

  @Test
  void zonesThatShareTheirRulesShareTheirPeriods() {
    Instant instant = Instant.parse("2026-03-29T00:30:00Z");
    Map<ZoneRules, Period> byRules = new HashMap<>();
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      Period day =
          cadence(PeriodKind.DAILY, zone, DayOfWeek.MONDAY, 1, 1).periodAt(instant).orElseThrow();
      assertThat(byRules.computeIfAbsent(zone.getRules(), rules -> day)).as(id).isEqualTo(day);
    }
  }

  /// One zone for each set of rules: names that mean the same zone are checked by a test of their
  /// own.
  private static List<ZoneHistory> distinctHistories() {
    Map<ZoneRules, ZoneHistory> byRules = new HashMap<>();
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      byRules.computeIfAbsent(
          zone.getRules(), rules -> ZoneHistory.of(zone, HISTORY_FROM, HISTORY_UNTIL));
    }
    assertThat(byRules).hasSizeGreaterThan(250);
    return List.copyOf(byRules.values());
  }

  private static List<ZoneOffsetTransition> transitions(ZoneId zone) {
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    ZoneOffsetTransition next = zone.getRules().nextTransition(FROM);
    while (next != null && next.getInstant().isBefore(UNTIL)) {
      transitions.add(next);
      next = zone.getRules().nextTransition(next.getInstant());
    }
    return transitions;
  }

  /// All days, and of the other kinds some with anchors that differ from zone to zone.
  private static List<CalendarCadence> sample(ZoneId zone, int seed) {
    DayOfWeek week = DayOfWeek.of(seed % 7 + 1);
    int month = seed % 12 + 1;
    return List.of(
        cadence(PeriodKind.DAILY, zone, week, 1, 1),
        cadence(PeriodKind.WEEKLY, zone, week, 1, 1),
        cadence(PeriodKind.MONTHLY, zone, week, 1, 1),
        cadence(PeriodKind.MONTHLY, zone, week, seed % 28 + 1, 1),
        cadence(PeriodKind.MONTHLY, zone, week, 29, 1),
        cadence(PeriodKind.MONTHLY, zone, week, 30, 1),
        cadence(PeriodKind.MONTHLY, zone, week, 31, 1),
        cadence(PeriodKind.QUARTERLY, zone, week, seed % 31 + 1, month),
        cadence(PeriodKind.QUARTERLY, zone, week, 31, month),
        cadence(PeriodKind.YEARLY, zone, week, seed % 31 + 1, month),
        cadence(PeriodKind.YEARLY, zone, week, 29, 2));
  }

  /// Every cadence that starts a period on this date, up to those that differ in nothing that
  /// matters here.
  private static List<CalendarCadence> startingOn(LocalDate date, ZoneId zone) {
    int day = date.getDayOfMonth();
    int month = date.getMonthValue();
    DayOfWeek week = date.getDayOfWeek();
    List<CalendarCadence> cadences = new ArrayList<>();
    cadences.add(cadence(PeriodKind.DAILY, zone, week, 1, 1));
    cadences.add(cadence(PeriodKind.WEEKLY, zone, week, 1, 1));
    int highest = day == date.lengthOfMonth() ? 31 : day;
    for (int anchor = day; anchor <= highest; anchor++) {
      cadences.add(cadence(PeriodKind.MONTHLY, zone, week, anchor, 1));
      cadences.add(cadence(PeriodKind.QUARTERLY, zone, week, anchor, month));
      cadences.add(cadence(PeriodKind.YEARLY, zone, week, anchor, month));
    }
    return cadences;
  }

  static CalendarCadence cadence(
      PeriodKind kind, ZoneId zone, DayOfWeek weekStart, int anchorDay, int anchorMonth) {
    return new CalendarCadence(kind, zone, weekStart, anchorDay, anchorMonth);
  }

  /// What the domain says of dates on which a period starts, asked of one date at a time.
  private static boolean startsOn(CalendarCadence cadence, LocalDate date) {
    boolean anchored = date.getDayOfMonth() == Math.min(cadence.anchorDay(), date.lengthOfMonth());
    return switch (cadence.kind()) {
      case DAILY -> true;
      case WEEKLY -> date.getDayOfWeek() == cadence.weekStart();
      case MONTHLY -> anchored;
      case QUARTERLY -> anchored && (date.getMonthValue() + 12 - cadence.anchorMonth()) % 3 == 0;
      case YEARLY -> anchored && date.getMonthValue() == cadence.anchorMonth();
      case HOURLY, TOTAL -> throw new AssertionError(cadence.kind() + " has no start dates");
    };
  }

  private static void assertFollowsTheCalendar(ZoneHistory history, CalendarCadence cadence) {
    List<Long> bounds =
        history.firstSecondsOf(FIRST_DATE, LAST_DATE, date -> startsOn(cadence, date));
    List<Period> expected = new ArrayList<>();
    for (int i = 1; i < bounds.size(); i++) {
      expected.add(period(bounds.get(i - 1), bounds.get(i)));
    }
    List<Period> periods =
        cadence.periodsBetween(expected.getFirst().start(), expected.getLast().end());
    if (!periods.equals(expected)) {
      assertThat(periods).as("%s", cadence).containsExactlyElementsOf(expected);
    }
  }

  private static void assertStartsOn(
      ZoneHistory history, CalendarCadence cadence, LocalDate date, Instant transition) {
    long start = history.firstSecondOf(date);
    LocalDate next = date;
    long end = start;
    while (end == start) {
      next = next.plusDays(1);
      end = startsOn(cadence, next) ? history.firstSecondOf(next) : start;
    }
    assertPeriod(cadence, start, end);
    Period expected = period(start, end);
    for (int minutes : MINUTES_AROUND) {
      Instant near = transition.plusSeconds(60L * minutes);
      Period found = cadence.periodAt(near).orElseThrow();
      if (found.equals(expected) != expected.contains(near)) {
        assertThat(found).as("%s at %s", cadence, near).isEqualTo(expected);
      }
    }
  }

  /// The period has these bounds, seen from its first instant, its last, and its neighbours.
  static void assertPeriod(CalendarCadence cadence, long start, long end) {
    Period expected = period(start, end);
    Period before = cadence.before(expected).orElseThrow();
    Period after = cadence.after(expected).orElseThrow();
    boolean exact =
        cadence.periodAt(expected.start()).orElseThrow().equals(expected)
            && cadence.periodAt(expected.end().minusNanos(1)).orElseThrow().equals(expected)
            && before.end().equals(expected.start())
            && after.start().equals(expected.end())
            && cadence.after(before).orElseThrow().equals(expected)
            && cadence.before(after).orElseThrow().equals(expected);
    boolean within =
        cadence.kind() != PeriodKind.HOURLY
            || Duration.between(expected.start(), expected.end()).compareTo(Duration.ofHours(1))
                <= 0;
    if (!exact || !within) {
      assertThat(List.of(before, cadence.periodAt(expected.start()).orElseThrow(), after))
          .as("%s should have %s between its neighbours", cadence, expected)
          .isEmpty();
    }
  }

  private static Period period(long start, long end) {
    return new Period(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
  }
}
