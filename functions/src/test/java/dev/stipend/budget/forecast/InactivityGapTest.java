package dev.stipend.budget.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class InactivityGapTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /// A Tuesday.
  private static final ZonedDateTime NOON =
      ZonedDateTime.of(2026, 6, 16, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));

  @Test
  void nightsAndWeekendsAreUsualWhereNobodyWorksThen() {
    SpendHours office = office(NOON.minusWeeks(4), NOON);

    assertThat(at(office, NOON.minusDays(2)))
        .as("Sunday noon")
        .isEqualTo(
            new InactivityGap(
                NOON.minusDays(4).withHour(18).toInstant(),
                Duration.ofHours(42),
                Duration.ofHours(42)));
    assertThat(at(office, NOON.withHour(8)).reaches(percent(101))).as("Tuesday, 8").isFalse();
  }

  @Test
  void aMorningWithoutSpendIsOutOfTheUsualSoon() {
    SpendHours office = office(NOON.minusWeeks(4), NOON.withHour(0));

    InactivityGap noon = at(office, NOON);

    assertThat(noon.since()).isEqualTo(NOON.minusDays(1).withHour(18).toInstant());
    assertThat(noon.usual()).isEqualTo(Duration.ofHours(1));
    assertThat(noon.reaches(percent(1800))).isTrue();
    assertThat(noon.reaches(percent(1801))).isFalse();
  }

  @Test
  void aWeekInWhichNobodyWorkedMakesItsSilenceUsual() {
    SpendHours hours = office(NOON.minusWeeks(4), NOON.withHour(0));
    NavigableMap<Instant, Money> holiday = new TreeMap<>(hours.hours());
    holiday.subMap(NOON.minusDays(8).toInstant(), NOON.minusDays(6).toInstant()).clear();

    assertThat(at(new SpendHours(holiday, Money.ZERO), NOON).usual())
        .isEqualTo(Duration.ofHours(24));
  }

  @Test
  void nothingIsSaidBeforeTwoWeeksAreKnownNorWhileSomethingIsSpent() {
    SpendHours young = office(NOON.minusDays(13), NOON.withHour(0));
    SpendHours old = office(NOON.minusDays(15), NOON.withHour(0));

    assertThat(InactivityGap.find(young, BERLIN, NOON.toInstant())).isEmpty();
    assertThat(InactivityGap.find(old, BERLIN, NOON.toInstant())).isPresent();
    assertThat(InactivityGap.find(SpendHours.NONE, BERLIN, NOON.toInstant())).isEmpty();
    assertThat(
            InactivityGap.find(
                new SpendHours(old.hours(), Money.of("0.01")), BERLIN, NOON.toInstant()))
        .isEmpty();
  }

  @Test
  void refundsAreNoUsage() {
    SpendHours hours = office(NOON.minusWeeks(4), NOON.withHour(0));
    NavigableMap<Instant, Money> refunded = new TreeMap<>(hours.hours());
    refunded.put(NOON.withHour(10).toInstant(), Money.of("-5"));

    assertThat(at(new SpendHours(refunded, Money.ZERO), NOON).since())
        .isEqualTo(NOON.minusDays(1).withHour(18).toInstant());
  }

  @Test
  void aChangeOfTheClocksMovesNoHour() {
    ZonedDateTime monday = ZonedDateTime.of(2026, 10, 26, 9, 30, 0, 0, BERLIN);
    SpendHours office = office(monday.minusWeeks(4), monday.withHour(0));

    assertThat(at(office, monday).usual()).isEqualTo(Duration.ofHours(1));
  }

  private static InactivityGap at(SpendHours hours, ZonedDateTime time) {
    return InactivityGap.before(hours, BERLIN, time.toInstant()).orElseThrow();
  }

  private static BigDecimal percent(long percent) {
    return BigDecimal.valueOf(percent);
  }

  /// Something is spent in every hour from 9 to 18 on weekdays.
  private static SpendHours office(ZonedDateTime from, ZonedDateTime until) {
    NavigableMap<Instant, Money> hours = new TreeMap<>();
    for (ZonedDateTime hour = from; hour.isBefore(until); hour = hour.plusHours(1)) {
      boolean isWorkday =
          hour.getDayOfWeek() != DayOfWeek.SATURDAY && hour.getDayOfWeek() != DayOfWeek.SUNDAY;
      if (isWorkday && hour.getHour() >= 9 && hour.getHour() < 18) {
        hours.put(hour.withMinute(0).toInstant(), Money.of("1"));
      }
    }
    return new SpendHours(hours, Money.ZERO);
  }
}
