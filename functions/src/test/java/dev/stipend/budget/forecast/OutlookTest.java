package dev.stipend.budget.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stipend.money.Money;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OutlookTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOON = Instant.parse("2026-06-17T12:00:00Z");
  private static final Duration WEEKS = Duration.ofDays(56);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOTAL")
  void onDayOneItIsTheRunRateOfWhatIsOver(PeriodKind kind) {
    Period period = period(kind, ZoneOffset.UTC, NOON);
    Duration quarter = Duration.between(period.start(), period.end()).dividedBy(4);
    Instant now = period.start().plus(quarter);
    Observation seen =
        new Observation(period, ZoneOffset.UTC, now, money("10"), 100, SpendHours.NONE);
    assertThat(forecast(seen).amount()).isEqualTo(money("40"));
    assertThat(Outlook.of(seen).runsOutAt(money("20"))).contains(now.plus(quarter));
  }

  @Test
  void inTheFirstMinutesOneRequestIsNotTakenForThousands() {
    Period month = period(PeriodKind.MONTHLY, ZoneOffset.UTC, NOON);
    Instant now = month.start().plusSeconds(1);
    Observation seen =
        new Observation(month, ZoneOffset.UTC, now, money("0.01"), 1, SpendHours.NONE);
    assertThat(forecast(seen).amount()).isBetween(money("86"), money("87"));
    assertThat(forecast(seen).evidence().isEnough()).isFalse();
  }

  @Test
  void withoutSpendNothingIsExpectedAndNothingRunsOut() {
    Period month = period(PeriodKind.MONTHLY, ZoneOffset.UTC, NOON);
    Observation seen =
        new Observation(month, ZoneOffset.UTC, month.start(), Money.ZERO, 0, SpendHours.NONE);
    assertThat(forecast(seen).high()).isEqualTo(Money.ZERO);
    assertThat(Outlook.of(seen).runsOutAt(money("1"))).isEmpty();
    assertThat(Outlook.of(seen).evidence().shareElapsed().orElseThrow()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "DAILY,2026-06-17T06:00:00Z,50",
    "DAILY,2026-06-20T06:00:00Z,0",
    "WEEKLY,2026-06-16T10:00:00Z,250",
    "WEEKLY,2026-06-20T06:00:00Z,250",
    "MONTHLY,2026-06-09T12:00:00Z,1100",
    // Clocks go forward, and back: a day of 23 and one of 25 hours, in which nobody works.
    "DAILY,2026-03-29T10:00:00Z,0",
    "WEEKLY,2026-03-26T06:00:00Z,250",
    "DAILY,2026-10-25T10:00:00Z,0",
    "MONTHLY,2026-10-12T10:00:00Z,1100",
    // The days after it have their hours by the local clock.
    "DAILY,2026-03-30T07:00:00Z,50",
    "DAILY,2026-10-26T08:00:00Z,50"
  })
  void weeksOfHistoryTellNightsAndWeekendsThroughChangesOfOffset(
      PeriodKind kind, Instant now, double expected) {
    Period period = period(kind, BERLIN, now);
    Forecast forecast =
        forecast(Hours.observe(period, BERLIN, now.minus(WEEKS), now, OutlookTest::office));
    assertThat(forecast.amount().amount().doubleValue())
        .isCloseTo(expected, within(expected * 0.06 + 2));
    assertThat(forecast.evidence().daysOfHistory()).isBetween(52, 56);
  }

  @Test
  void theLimitRunsOutWhenPeopleWorkAndNotAtNight() {
    Instant friday = Instant.parse("2026-06-12T14:00:00Z");
    Period month = period(PeriodKind.MONTHLY, BERLIN, friday);
    Observation seen =
        Hours.observe(month, BERLIN, friday.minus(WEEKS), friday, OutlookTest::office);
    Outlook outlook = Outlook.of(seen);
    Instant at = outlook.runsOutAt(seen.spend().plus(money("25"))).orElseThrow();
    assertThat(at)
        .isBetween(Instant.parse("2026-06-15T06:00:00Z"), Instant.parse("2026-06-15T11:00:00Z"));
    assertThat(outlook.runsOutAt(seen.spend())).as("it has run out").isEmpty();
    assertThat(outlook.runsOutAt(Money.ZERO)).isEmpty();
    assertThat(outlook.runsOutAt(money("100000"))).isEmpty();
  }

  @Test
  void growthOfTheLastWeeksGoesOn() {
    Period month = period(PeriodKind.MONTHLY, ZoneOffset.UTC, NOON);
    Instant now = month.start().plus(Duration.ofDays(10));
    Instant from = now.minus(WEEKS);
    ToDoubleFunction<ZonedDateTime> growing =
        at -> 1 + Duration.between(from, at).toHours() / 672.0;
    double linear =
        3 * Hours.observe(month, ZoneOffset.UTC, from, now, growing).spend().amount().doubleValue();
    double actual =
        Hours.observe(month, ZoneOffset.UTC, from, month.end().minusSeconds(1), growing)
            .spend()
            .amount()
            .doubleValue();
    double ours =
        forecast(Hours.observe(month, ZoneOffset.UTC, from, now, growing))
            .amount()
            .amount()
            .doubleValue();
    assertThat(linear).isLessThan(actual * 0.9);
    assertThat(ours).isCloseTo(actual, within(actual * 0.05));
  }

  @Test
  void aPeriodLongerThanWhatIsKnownByHoursKeepsItsSpend() {
    Instant now = Instant.parse("2026-10-01T00:00:00Z");
    Period year = period(PeriodKind.YEARLY, ZoneOffset.UTC, now);
    Observation seen = Hours.observe(year, ZoneOffset.UTC, year.start(), now, at -> 1);
    assertThat(forecast(seen).amount().amount().doubleValue()).isCloseTo(8760, within(10.0));
  }

  @Test
  void aTotalPeriodWithoutEndHasNoForecastButRunsOut() {
    Period total = new Period(NOON, Period.FOREVER);
    Instant now = NOON.plus(Duration.ofHours(10));
    Outlook outlook =
        Outlook.of(new Observation(total, ZoneOffset.UTC, now, money("10"), 100, SpendHours.NONE));
    assertThat(outlook.forecast()).isEmpty();
    assertThat(outlook.evidence().isEnough()).isFalse();
    assertThat(outlook.runsOutAt(money("15"))).contains(now.plus(Duration.ofHours(5)));
    assertThat(outlook.runsOutAt(money("99999999999"))).isEmpty();
  }

  @Test
  void evidenceIsEnoughExactlyAtBothOfItsLines() {
    Period day = period(PeriodKind.DAILY, ZoneOffset.UTC, NOON);
    Instant tenth = day.start().plus(Duration.ofMinutes(144));
    assertThat(isEnough(day, tenth, Evidence.LEAST_REQUESTS)).isTrue();
    assertThat(isEnough(day, tenth.minusSeconds(60), Evidence.LEAST_REQUESTS)).isFalse();
    assertThat(isEnough(day, tenth, Evidence.LEAST_REQUESTS - 1)).isFalse();
  }

  @Test
  void anAlertIsRaisedAtItsLineAndResolvesOnlyUnderNinetyFivePercentOfIt() {
    Evidence enough = new Evidence(Optional.of(Evidence.LEAST_SHARE), 20, 0);
    Evidence poor = new Evidence(Optional.of(Evidence.LEAST_SHARE), 19, 0);
    BigDecimal percent = new BigDecimal("80");
    assertThat(of("80", enough).raises(percent, money("100"))).isTrue();
    assertThat(of("80", poor).raises(percent, money("100"))).isFalse();
    assertThat(of("79.99", enough).raises(percent, money("100"))).isFalse();
    assertThat(of("76", poor).sustains(percent, money("100"))).isTrue();
    assertThat(of("75.99", enough).sustains(percent, money("100"))).isFalse();
  }

  @Test
  void hoursStartOnTheHourAndNowIsInThePeriod() {
    TreeMap<Instant, Money> hours = new TreeMap<>();
    hours.put(NOON.plusSeconds(60), Money.ZERO);
    assertThatThrownBy(() -> new SpendHours(hours, Money.ZERO)).hasMessageContaining("12:01:00Z");
    Period period = new Period(NOON, NOON.plusSeconds(60));
    assertThatThrownBy(
            () ->
                new Observation(
                    period, ZoneOffset.UTC, period.end(), Money.ZERO, 0, SpendHours.NONE))
        .hasMessageContaining("is not in the period");
  }

  /// Five dollars an hour on weekdays from 8 to 18 local time, and nothing else.
  private static double office(ZonedDateTime at) {
    return at.getDayOfWeek().getValue() <= 5 && at.getHour() >= 8 && at.getHour() < 18 ? 5 : 0;
  }

  private static Forecast of(String amount, Evidence evidence) {
    return new Forecast(money(amount), money(amount), money(amount), evidence);
  }

  private static boolean isEnough(Period period, Instant now, long requests) {
    return forecast(
            new Observation(period, ZoneOffset.UTC, now, money("1"), requests, SpendHours.NONE))
        .evidence()
        .isEnough();
  }

  private static Forecast forecast(Observation seen) {
    return Outlook.of(seen).forecast().orElseThrow();
  }

  private static Period period(PeriodKind kind, ZoneId zone, Instant at) {
    return new CalendarCadence(kind, zone, DayOfWeek.MONDAY, 1, 1).periodAt(at).orElseThrow();
  }

  private static Money money(String text) {
    return Money.of(text);
  }
}
