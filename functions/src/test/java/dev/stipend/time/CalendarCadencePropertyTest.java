package dev.stipend.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// Periods at random instants of three centuries, in any zone with any anchors.
final class CalendarCadencePropertyTest {
  private static final long YEAR_1850 = -3_786_825_600L;
  private static final long YEAR_2150 = 5_680_281_600L;

  @Property(seed = "20261121", tries = 20_000, shrinking = ShrinkingMode.OFF)
  void periodsTileTimeThroughAllOfHistory(
      @ForAll("zones") ZoneId zone,
      @ForAll("calendarKinds") PeriodKind kind,
      @ForAll DayOfWeek weekStart,
      @ForAll @IntRange(min = 1, max = 31) int anchorDay,
      @ForAll @IntRange(min = 1, max = 12) int anchorMonth,
      @ForAll @LongRange(min = YEAR_1850, max = YEAR_2150) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    CalendarCadence cadence =
        CalendarCadenceOracleTest.cadence(kind, zone, weekStart, anchorDay, anchorMonth);
    Instant instant = Instant.ofEpochSecond(second, nano);
    Period period = cadence.periodAt(instant).orElseThrow();
    assertThat(period.contains(instant)).as("%s at %s: %s", cadence, instant, period).isTrue();
    CalendarCadenceOracleTest.assertPeriod(
        cadence, period.start().getEpochSecond(), period.end().getEpochSecond());
  }

  @Property(seed = "20261122", tries = 2_000, shrinking = ShrinkingMode.OFF)
  void periodsBetweenAreExactlyThoseThatOverlap(
      @ForAll("zones") ZoneId zone,
      @ForAll("calendarKinds") PeriodKind kind,
      @ForAll @LongRange(min = YEAR_1850, max = YEAR_2150) long second,
      @ForAll @IntRange(max = 100_000) int length) {
    CalendarCadence cadence =
        CalendarCadenceOracleTest.cadence(kind, zone, DayOfWeek.MONDAY, 31, 2);
    Instant from = Instant.ofEpochSecond(second);
    Instant until = from.plusSeconds(length);
    List<Period> expected = new ArrayList<>();
    for (long minute = 0; minute < length; minute += 60) {
      Period period = cadence.periodAt(from.plusSeconds(minute)).orElseThrow();
      if (expected.isEmpty() || !expected.getLast().equals(period)) {
        expected.add(period);
      }
    }
    List<Period> periods = cadence.periodsBetween(from, until);
    assertThat(periods)
        .containsAll(expected)
        .isSortedAccordingTo((one, other) -> one.start().compareTo(other.start()));
    assertThat(periods)
        .allMatch(period -> period.start().isBefore(until) && period.end().isAfter(from));
    assertThat(periods.isEmpty()).isEqualTo(length == 0);
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds())).map(ZoneId::of);
  }

  @Provide
  Arbitrary<PeriodKind> calendarKinds() {
    return Arbitraries.of(PeriodKind.class).filter(kind -> kind != PeriodKind.TOTAL);
  }
}
