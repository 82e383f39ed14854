package dev.stipend.budget.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnusualActivityTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant HOUR = Instant.parse("2026-06-17T12:00:00Z");
  private static final Instant NOW = HOUR.plus(Duration.ofMinutes(65));

  @Test
  void anHourFarAboveTheSameHourOfOtherDaysIsUnusual() {
    UnusualActivity found = find(56, at -> 2, "40").orElseThrow();
    assertThat(found.hour()).isEqualTo(HOUR);
    assertThat(found.spend()).isEqualTo(Money.of("40"));
    assertThat(found.median()).isEqualTo(Money.of("2"));
    assertThat(found.deviation()).isEqualTo(Money.ZERO);
    assertThat(found.threshold()).isEqualTo(Money.of("6"));
    assertThat(found.ratio()).contains(new BigDecimal("20.0"));
  }

  @ParameterizedTest
  @CsvSource({
    // The floor in ratio: three times the median.
    "2,6,false",
    "2,6.01,true",
    // The floor in money: a dollar.
    "0.01,0.99,false",
    "0.01,1,false",
    "0.01,1.01,true"
  })
  void bothFloorsHaveToBePassed(double usual, String spend, boolean isUnusual) {
    assertThat(find(56, at -> usual, spend).isPresent()).isEqualTo(isUnusual);
  }

  @Test
  void hoursThatDifferAnywayHaveToBeFurtherAbove() {
    ToDoubleFunction<ZonedDateTime> unlike = at -> 1 + 2 * (at.getDayOfYear() % 3);
    assertThat(find(56, unlike, "20.99")).isEmpty();
    assertThat(find(56, unlike, "21.01")).isPresent();
  }

  @Test
  void aWeekOfHistoryIsNeeded() {
    assertThat(find(7, at -> 2, "40")).isPresent();
    assertThat(find(6, at -> 2, "40")).isEmpty();
    assertThat(find(0, at -> 2, "40")).isEmpty();
  }

  @Test
  void whatIsUsualOnThisWeekdayIsNotUnusual() {
    ToDoubleFunction<ZonedDateTime> wednesdayAfternoons =
        at -> at.getDayOfWeek().getValue() == 3 && at.getHour() >= 12 ? 40 : 1;
    assertThat(find(56, wednesdayAfternoons, "40")).isEmpty();
    assertThat(find(56, wednesdayAfternoons, "400")).isPresent();
  }

  @Test
  void thePastAnomalyHidesNoNewOne() {
    ToDoubleFunction<ZonedDateTime> once =
        at -> at.toInstant().equals(HOUR.minus(Duration.ofDays(7))) ? 500 : 2;
    assertThat(find(56, once, "40")).isPresent();
  }

  /// At two o'clock local time, 40 is usual: before the change of offset that is another UTC hour.
  @Test
  void theSameHourIsTheLocalOneThroughAChangeOfOffset() {
    Instant afterwards = Instant.parse("2026-03-31T12:00:00Z");
    ToDoubleFunction<ZonedDateTime> shift = at -> at.getHour() >= 14 && at.getHour() < 17 ? 40 : 1;
    assertThat(at(afterwards.plusSeconds(3600), 56, shift, "40")).isEmpty();
    assertThat(at(afterwards.minusSeconds(7200), 56, shift, "40")).isPresent();
  }

  private static Optional<UnusualActivity> find(
      int days, ToDoubleFunction<ZonedDateTime> usual, String spend) {
    return at(HOUR, days, usual, spend);
  }

  private static Optional<UnusualActivity> at(
      Instant hour, int days, ToDoubleFunction<ZonedDateTime> usual, String spend) {
    TreeMap<Instant, Money> hours =
        new TreeMap<>(
            Hours.between(hour.minus(Duration.ofDays(days)), hour, BERLIN, usual).hours());
    hours.put(hour, Money.of(spend));
    Instant now = hour.plus(Duration.between(HOUR, NOW));
    return UnusualActivity.find(new SpendHours(hours, Money.ZERO), BERLIN, now);
  }
}
