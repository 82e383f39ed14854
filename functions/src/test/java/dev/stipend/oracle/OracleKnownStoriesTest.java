package dev.stipend.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.oracle.Step.Answer;
import dev.stipend.oracle.Step.Approach;
import dev.stipend.oracle.Step.Belated;
import dev.stipend.oracle.Step.Deliver;
import dev.stipend.oracle.Step.LoseQueue;
import dev.stipend.oracle.Step.Make;
import dev.stipend.oracle.Step.Pass;
import dev.stipend.oracle.Step.Poison;
import dev.stipend.oracle.Step.SetAmount;
import dev.stipend.oracle.Step.Spend;
import dev.stipend.oracle.Step.Sweep;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Stories in which people were once left untold.
final class OracleKnownStoriesTest {
  private static Theatre theatre;

  @BeforeAll
  static void open() {
    theatre = new Theatre();
  }

  @AfterAll
  static void close() {
    theatre.close();
  }

  @Test
  void whatAFailingChannelMissesTheFallbackHearsEveryTime() {
    judge(
        make("b0", "user", "u1", "monthly", "100", false, List.of(80, 100), Place.SLACK),
        new Answer(Place.SLACK, 404),
        spend("u1", "80"),
        new Deliver(),
        new Pass(Duration.ofDays(1)),
        spend("u1", "20"),
        new Deliver());
  }

  @Test
  void anEventBetweenThePeriodsEndAndItsClosingIsHeard() {
    judge(
        make("b0", "user", "u1", "daily", "100", false, List.of(100), Place.HOOK),
        spend("u1", "98"),
        new Approach("b0", Duration.ofSeconds(10)),
        new Sweep(),
        new Pass(Duration.ofSeconds(12)),
        new Belated("u1", new BigDecimal("22"), "b0"),
        new Deliver());
  }

  @Test
  void anEventThatArrivesAfterThePeriodWasClosedIsHeard() {
    judge(
        make("b0", "user", "u1", "daily", "100", false, List.of(100), Place.HOOK),
        spend("u1", "98"),
        new Approach("b0", Duration.ofSeconds(10)),
        new Pass(Duration.ofSeconds(12)),
        new Sweep(),
        new Belated("u1", new BigDecimal("22"), "b0"),
        new Deliver());
  }

  @Test
  void aLimitThatIsReachedAndRaisedIsHeardTheFourthAndFifthTime() {
    judge(
        make("b0", "user", "u1", "monthly", "10", false, List.of(100), Place.HOOK, Place.SLACK),
        spend("u1", "10"),
        new Deliver(),
        new SetAmount("b0", new BigDecimal("20")),
        spend("u1", "10"),
        new Deliver(),
        new SetAmount("b0", new BigDecimal("30")),
        spend("u1", "10"),
        new Deliver(),
        new SetAmount("b0", new BigDecimal("40")),
        spend("u1", "10"),
        new Deliver(),
        new SetAmount("b0", new BigDecimal("50")),
        spend("u1", "10"),
        new Deliver());
  }

  @Test
  void aLineThatIsTeeteredAroundIsHeardWithinAnHour() {
    judge(
        make("b0", "user", "*", "daily", "100", false, List.of(80), Place.HOOK),
        spend("u1", "85"),
        new Deliver(),
        spend("u1", "-85"),
        spend("u1", "86"),
        new Deliver(),
        spend("u1", "-86"),
        spend("u1", "87"),
        new Deliver(),
        spend("u1", "-87"),
        new Deliver(),
        spend("u1", "88"),
        new Deliver());
  }

  @Test
  void aLineThatIsHeldBackWhenItsPeriodEndsIsHeard() {
    judge(
        make("b0", "user", "*", "hourly", "100", false, List.of(80), Place.HOOK),
        new Approach("b0", Duration.ofMinutes(5)),
        spend("u1", "85"),
        new Deliver(),
        spend("u1", "-85"),
        spend("u1", "86"),
        new Deliver(),
        spend("u1", "-86"),
        spend("u1", "87"),
        new Deliver(),
        spend("u1", "-87"),
        new Deliver(),
        spend("u1", "88"),
        new Deliver());
  }

  @Test
  void aChildWhoseChannelWasNotToldOfItsParentIsHeard() {
    judge(
        make("b0", "workspace", "", "daily", "100", true, List.of(50, 80), Place.SLACK),
        make("b1", "user", "u1", "daily", "100", false, List.of(80), Place.HOOK),
        spend("u1", "100"),
        new Deliver());
  }

  @Test
  void aHardLimitRefusesNothingWithoutAnAlert() {
    judge(
        make("b0", "workspace", "", "monthly", "100", true, List.of(50, 80), Place.HOOK),
        spend("u1", "81"),
        new Deliver(),
        spend("u2", "20"),
        new Deliver());
  }

  @Test
  void aMessageThatWaitsForItsChannelWhenThePeriodEndsIsHeard() {
    judge(
        make("b0", "user", "u1", "hourly", "100", false, List.of(80), Place.HOOK),
        new Answer(Place.HOOK, 503),
        spend("u1", "90"),
        new Deliver(),
        new Pass(Duration.ofHours(1)),
        new Sweep(),
        new Deliver());
  }

  @Test
  void aMessageThatTheQueueLostIsHeard() {
    judge(
        make("b0", "user", "u1", "daily", "100", false, List.of(80), Place.HOOK, Place.SLACK),
        spend("u1", "90"),
        new LoseQueue());
  }

  @Test
  void aPeriodThatEndedUnseenIsHeard() {
    judge(
        make("b0", "user", "u1", "hourly", "100", false, List.of(80), Place.HOOK),
        new Step.Crash(
            Step.Point.ALERT, new Spend("u1", new BigDecimal("90"), Duration.ZERO, false)),
        new Pass(Duration.ofHours(3)),
        new Sweep(),
        new Deliver());
  }

  @Test
  void aNeighboursPoisonStopsNobody() {
    judge(
        new Poison(),
        make("b0", "user", "u1", "hourly", "100", false, List.of(80), Place.HOOK),
        new Step.Crash(
            Step.Point.ALERT, new Spend("u1", new BigDecimal("90"), Duration.ZERO, false)),
        new Sweep(),
        new Deliver());
  }

  private static Step make(
      String name,
      String scope,
      String scopeId,
      String period,
      String amount,
      boolean hard,
      List<Integer> lines,
      Place first,
      Place... more) {
    return new Make(
        new Limit(
            name,
            scope,
            scopeId,
            period,
            "Europe/Berlin",
            new BigDecimal(amount),
            lines,
            hard,
            EnumSet.of(first, more)));
  }

  private static Step spend(String user, String cost) {
    return new Spend(user, new BigDecimal(cost), Duration.ZERO, false);
  }

  private static void judge(Step... steps) {
    assertThat(theatre.play(new Story("a known story", steps))).isEmpty();
  }
}
