package dev.stipend.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.time.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class SummaryTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void dailyOnesTellOfTheDayBefore() {
    SummaryTimes daily = new SummaryTimes(SummaryFrequency.DAILY, DayOfWeek.MONDAY, 9, BERLIN);

    assertThat(daily.next(Instant.parse("2026-06-15T06:59:59Z"))).isEqualTo("2026-06-15T07:00:00Z");
    assertThat(daily.next(Instant.parse("2026-06-15T07:00:00Z"))).isEqualTo("2026-06-16T07:00:00Z");
    assertThat(daily.window(Instant.parse("2026-06-15T07:00:00Z")))
        .isEqualTo(period("2026-06-13T22:00:00Z", "2026-06-14T22:00:00Z"));
  }

  @Test
  void weeklyOnesTellOfTheSevenDaysBeforeTheirWeekday() {
    SummaryTimes weekly = new SummaryTimes(SummaryFrequency.WEEKLY, DayOfWeek.MONDAY, 9, BERLIN);
    Instant monday = Instant.parse("2026-06-15T07:00:00Z");

    assertThat(weekly.next(Instant.parse("2026-06-10T00:00:00Z"))).isEqualTo(monday);
    assertThat(weekly.next(monday)).isEqualTo("2026-06-22T07:00:00Z");
    assertThat(weekly.window(monday))
        .isEqualTo(period("2026-06-07T22:00:00Z", "2026-06-14T22:00:00Z"));
    assertThat(weekly.before(weekly.window(monday)))
        .isEqualTo(period("2026-05-31T22:00:00Z", "2026-06-07T22:00:00Z"));
  }

  @Test
  void afterAnOutageTheLastWindowIsTheOneThatIsTold() {
    SummaryTimes weekly = new SummaryTimes(SummaryFrequency.WEEKLY, DayOfWeek.MONDAY, 9, BERLIN);

    assertThat(weekly.window(Instant.parse("2026-07-01T12:00:00Z")))
        .isEqualTo(period("2026-06-21T22:00:00Z", "2026-06-28T22:00:00Z"));
    assertThat(weekly.window(Instant.parse("2026-06-29T06:59:59Z")))
        .isEqualTo(period("2026-06-14T22:00:00Z", "2026-06-21T22:00:00Z"));
  }

  /// On 2026-03-29 Berlin has 23 hours and no hour that begins at 2.
  @Test
  void daysAreLocalWhenTheClocksChange() {
    SummaryTimes daily = new SummaryTimes(SummaryFrequency.DAILY, DayOfWeek.MONDAY, 2, BERLIN);

    assertThat(daily.next(Instant.parse("2026-03-28T12:00:00Z"))).isEqualTo("2026-03-29T01:00:00Z");
    assertThat(daily.window(Instant.parse("2026-03-30T00:00:00Z")))
        .isEqualTo(period("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
  }

  private static Period period(String start, String end) {
    return new Period(Instant.parse(start), Instant.parse(end));
  }
}
