package dev.stipend.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class TotalCadenceTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-09-01T00:00:00Z");
  private static final Period PERIOD = new Period(START, END);
  private static final TotalCadence CADENCE = new TotalCadence(ZoneId.of("UTC"), PERIOD);

  @Test
  void insideThereIsThePeriodAndOutsideThereIsNone() {
    assertThat(CADENCE.periodAt(START)).contains(PERIOD);
    assertThat(CADENCE.periodAt(END.minusNanos(1))).contains(PERIOD);
    assertThat(CADENCE.periodAt(START.minusNanos(1))).isEmpty();
    assertThat(CADENCE.periodAt(END)).isEmpty();
  }

  @Test
  void nothingComesBeforeOrAfter() {
    assertThat(CADENCE.before(PERIOD)).isEmpty();
    assertThat(CADENCE.after(PERIOD)).isEmpty();
  }

  @Test
  void thePeriodIsBetweenAnyInstantsThatOverlapIt() {
    Duration day = Duration.ofDays(1);
    assertThat(CADENCE.periodsBetween(START.minus(day), END.plus(day))).containsExactly(PERIOD);
    assertThat(CADENCE.periodsBetween(START.minus(day), START.plusNanos(1)))
        .containsExactly(PERIOD);
    assertThat(CADENCE.periodsBetween(END.minusNanos(1), END.plus(day))).containsExactly(PERIOD);
    assertThat(CADENCE.periodsBetween(START.plus(day), END.minus(day))).containsExactly(PERIOD);
  }

  @Test
  void thePeriodIsNotBetweenInstantsThatOnlyTouchIt() {
    assertThat(CADENCE.periodsBetween(START.minusSeconds(9), START)).isEmpty();
    assertThat(CADENCE.periodsBetween(END, END.plusSeconds(9))).isEmpty();
    assertThat(CADENCE.periodsBetween(START, START)).isEmpty();
    assertThat(CADENCE.periodsBetween(END, START)).isEmpty();
  }

  @Test
  void aPeriodWithoutEndLastsForEver() {
    TotalCadence endless = new TotalCadence(ZoneId.of("UTC"), new Period(START, Period.FOREVER));
    Instant far = Instant.parse("9000-01-01T00:00:00Z");
    assertThat(endless.periodAt(far)).isPresent();
    assertThat(endless.period().hasEnded(far)).isFalse();
  }

  @Test
  void aPeriodHasEndedFromTheFirstInstantAfterIt() {
    assertThat(PERIOD.hasEnded(END)).isTrue();
    assertThat(PERIOD.hasEnded(END.minusNanos(1))).isFalse();
  }

  @Test
  void aPeriodIsNeverEmptyOrReversed() {
    assertThatThrownBy(() -> new Period(START, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not before its end");
    assertThatThrownBy(() -> new Period(END, START)).isInstanceOf(IllegalArgumentException.class);
  }
}
