package dev.stipend.report.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntervalTest {
  private static final int MOST = 2_000;

  @ParameterizedTest
  @CsvSource({
    // Clocks go forward, and back.
    "Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 23",
    "Europe/Berlin, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 25",
    // Half an hour of daylight saving: the hour from 01:30 is there twice.
    "Australia/Lord_Howe, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z, 25",
    "Australia/Lord_Howe, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z, 24",
    "Asia/Kathmandu, 2026-06-14T18:15:00Z, 2026-06-15T18:15:00Z, 24",
    // 30 December 2011 never was.
    "Pacific/Apia, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z, 24"
  })
  void aLocalDayIsAsLongAsItWas(String zoneName, Instant start, Instant end, int hours) {
    ZoneId zone = ZoneId.of(zoneName);
    Period around = new Period(start.minusSeconds(1), end.plusSeconds(1));
    assertThat(Interval.DAY.split(around, zone, MOST))
        .containsExactly(
            new Period(start.minusSeconds(1), start),
            new Period(start, end),
            new Period(end, end.plusSeconds(1)));
    assertThat(Interval.HOUR.split(new Period(start, end), zone, MOST)).hasSize(hours);
  }

  @Test
  void theHourThatClocksRepeatIsTwoIntervals() {
    assertThat(
            Interval.HOUR.split(
                range("2026-10-25T00:30:00Z", "2026-10-25T02:10:00Z"),
                ZoneId.of("Europe/Berlin"),
                MOST))
        .containsExactly(
            range("2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"),
            range("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"),
            range("2026-10-25T02:00:00Z", "2026-10-25T02:10:00Z"));
  }

  @Test
  void weeksStartOnMonday() {
    assertThat(
            Interval.WEEK.split(
                range("2026-06-10T00:00:00Z", "2026-06-17T00:00:00Z"), ZoneId.of("UTC"), MOST))
        .containsExactly(
            range("2026-06-10T00:00:00Z", "2026-06-15T00:00:00Z"),
            range("2026-06-15T00:00:00Z", "2026-06-17T00:00:00Z"));
  }

  @Test
  void yearsStartAtMidnightInTheZone() {
    assertThat(
            Interval.YEAR.split(
                range("2024-11-01T00:00:00Z", "2026-02-01T00:00:00Z"),
                ZoneId.of("Asia/Kathmandu"),
                MOST))
        .containsExactly(
            range("2024-11-01T00:00:00Z", "2024-12-31T18:15:00Z"),
            range("2024-12-31T18:15:00Z", "2025-12-31T18:15:00Z"),
            range("2025-12-31T18:15:00Z", "2026-02-01T00:00:00Z"));
  }

  @Test
  void withoutAnIntervalTheRangeStaysWhole() {
    Period range = range("2026-06-10T00:00:01Z", "2027-06-17T00:00:00Z");
    assertThat(Interval.NONE.split(range, ZoneId.of("UTC"), MOST)).containsExactly(range);
  }

  @Test
  void splittingEndsSoonAfterTheMost() {
    List<Period> intervals =
        Interval.QUARTER_HOUR.split(
            range("1900-01-01T00:00:00Z", "9999-12-31T00:00:00Z"), ZoneId.of("UTC"), MOST);
    assertThat(intervals).hasSize(MOST + 1);
    assertThat(intervals.getLast().start())
        .isEqualTo(Instant.parse("1900-01-01T00:00:00Z").plus(Duration.ofMinutes(15L * MOST)));
  }

  private static Period range(String from, String until) {
    return new Period(Instant.parse(from), Instant.parse(until));
  }
}
