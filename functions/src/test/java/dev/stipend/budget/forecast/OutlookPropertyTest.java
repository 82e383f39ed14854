package dev.stipend.budget.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// What holds for whatever was spent: in any period of any zone, with any history.
final class OutlookPropertyTest {
  private static final int TRIES = 2_000;

  @Property(seed = "20261121", tries = TRIES, shrinking = ShrinkingMode.OFF)
  void aForecastIsARangeAboveSpendAndAgreesWithTheTimeOfRunningOut(
      @ForAll("zones") ZoneId zone,
      @ForAll("kinds") PeriodKind kind,
      @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long second,
      @ForAll @IntRange(max = 1400) int hoursOfHistory,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 3) double ofForecast) {
    Observation seen = observation(zone, kind, Instant.ofEpochSecond(second), hoursOfHistory, seed);
    Outlook outlook = Outlook.of(seen);
    Forecast forecast = outlook.forecast().orElseThrow();
    assertThat(forecast.low()).isBetween(seen.spend(), forecast.amount());
    assertThat(forecast.high()).isGreaterThanOrEqualTo(forecast.amount());
    assertThat(forecast.evidence().shareElapsed().orElseThrow())
        .isBetween(BigDecimal.ZERO, BigDecimal.ONE);

    double amount = forecast.amount().amount().doubleValue();
    Money limit = Hours.money(amount * ofForecast);
    Optional<Instant> runsOut = outlook.runsOutAt(limit);
    if (limit.compareTo(seen.spend()) <= 0) {
      assertThat(runsOut).isEmpty();
    } else if (ofForecast < 0.999) {
      assertThat(runsOut.orElseThrow()).isBetween(seen.now(), seen.period().end());
    } else if (ofForecast > 1.001 && amount > 0.01) {
      assertThat(runsOut).isEmpty();
    }
  }

  @Property(seed = "20261122", tries = TRIES, shrinking = ShrinkingMode.OFF)
  void spendingMoreNowIsNeverExpectedToEndLowerNorToLastLonger(
      @ForAll("zones") ZoneId zone,
      @ForAll("kinds") PeriodKind kind,
      @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long second,
      @ForAll @IntRange(max = 1400) int hoursOfHistory,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 50) double more) {
    Observation less = observation(zone, kind, Instant.ofEpochSecond(second), hoursOfHistory, seed);
    Money extra = Hours.money(more);
    Observation greater =
        new Observation(
            less.period(),
            zone,
            less.now(),
            less.spend().plus(extra),
            less.requests(),
            new SpendHours(less.recent().hours(), less.recent().running().plus(extra)));
    Money expected = Outlook.of(less).forecast().orElseThrow().amount();
    assertThat(Outlook.of(greater).forecast().orElseThrow().amount())
        .isGreaterThanOrEqualTo(expected);
    boolean isLeft = greater.spend().compareTo(expected) < 0;
    Outlook.of(less)
        .runsOutAt(expected)
        .filter(at -> isLeft)
        .ifPresent(
            at ->
                assertThat(Outlook.of(greater).runsOutAt(expected).orElseThrow())
                    .isBeforeOrEqualTo(at));
  }

  /// Spend in some hours, of amounts that differ by far; in a tenth of all cases a refund.
  private static Observation observation(
      ZoneId zone, PeriodKind kind, Instant now, int hoursOfHistory, long seed) {
    Random random = new Random(seed);
    Period period =
        new CalendarCadence(kind, zone, DayOfWeek.MONDAY, 1, 1).periodAt(now).orElseThrow();
    Instant running = now.truncatedTo(ChronoUnit.HOURS);
    TreeMap<Instant, Money> hours = new TreeMap<>();
    for (int back = 1; back <= hoursOfHistory; back++) {
      if (random.nextInt(3) > 0) {
        double cost = Math.exp(3 * random.nextGaussian()) - (random.nextInt(10) == 0 ? 1 : 0);
        hours.put(running.minus(Duration.ofHours(back)), Hours.money(cost));
      }
    }
    SpendHours recent = new SpendHours(hours, Hours.money(random.nextDouble()));
    Money spend =
        hours.tailMap(period.start(), true).values().stream().reduce(recent.running(), Money::plus);
    return new Observation(
        period, zone, now, spend.isNegative() ? Money.ZERO : spend, random.nextInt(100), recent);
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "Pacific/Apia",
            "Australia/Lord_Howe",
            "America/St_Johns")
        .map(ZoneId::of);
  }

  @Provide
  Arbitrary<PeriodKind> kinds() {
    return Arbitraries.of(PeriodKind.class).filter(kind -> kind != PeriodKind.TOTAL);
  }
}
