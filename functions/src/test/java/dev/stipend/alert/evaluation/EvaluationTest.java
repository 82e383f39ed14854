package dev.stipend.alert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.AlertState;
import dev.stipend.alert.AlertType;
import dev.stipend.alert.CounterStory;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.platform.wording.MessageCatalog;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  private static final Instant ENDED = CounterStory.PERIOD.end();

  @Test
  void aCrossingIsRaisedOnceHoweverOftenItIsEvaluated() {
    CounterStory story = new CounterStory("10", "80", "100").spend("8");
    assertThat(story.evaluate()).containsExactly("raise 80");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.spend("9").evaluate()).isEmpty();
    assertThat(story.alerts()).hasSize(1);
  }

  @Test
  void twoEvaluatorsOfTheSameStateDecideTheSame() {
    CounterStory story = new CounterStory("10", "50", "80", "100").spend("13");
    assertThat(story.decide(CounterStory.DURING)).isEqualTo(story.decide(CounterStory.DURING));
  }

  @Test
  void spendExactlyAtTheLineCountsAndTheLeastUnitBelowDoesNot() {
    CounterStory story = new CounterStory("10", "80");
    assertThat(story.spend("7.999999999999").evaluate()).isEmpty();
    assertThat(story.spend("8").evaluate()).containsExactly("raise 80");
  }

  @Test
  void everyThresholdThatIsCrossedHasAnAlertOfItsOwn() {
    CounterStory story = new CounterStory("10", "50", "80", "100", "120", "150").spend("13");
    assertThat(story.evaluate())
        .containsExactlyInAnyOrder("raise 50", "raise 80", "raise 100", "raise 120");
    assertThat(story.open()).containsExactly("50", "80", "100", "120");
    assertThat(story.evaluate()).isEmpty();
  }

  @Test
  void whoHearsThatAThresholdIsLeftHearsWhichIsStillMet() {
    CounterStory story = new CounterStory("10", "50", "80", "100").spend("13");
    assertThat(story.evaluate()).containsExactlyInAnyOrder("raise 50", "raise 80", "raise 100");
    assertThat(story.spend("9").decide(CounterStory.DURING))
        .extracting(EvaluationTest::text)
        .containsExactly(
            "spend $9.00 is below 100 % of $10.00; the threshold at 80 % is still met");
    assertThat(story.evaluate()).containsExactly("resolve 100");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.spend("7").evaluate()).containsExactly("resolve 80");
    assertThat(story.spend("1").evaluate()).containsExactly("resolve 50");
  }

  @Test
  void aThresholdThatIsRemovedResolvesItsAlertAlone() {
    CounterStory story = new CounterStory("10", "80", "100").spend("13");
    story.evaluate();
    assertThat(story.lines("80").evaluate()).containsExactly("resolve 100");
  }

  @Test
  void eightyAndThenAHundredAreTwoAlerts() {
    CounterStory story = new CounterStory("10", "80", "100");
    assertThat(story.spend("8.50").evaluate()).containsExactly("raise 80");
    assertThat(story.spend("10").evaluate()).containsExactly("raise 100");
    assertThat(story.alerts())
        .extracting(LoggedAlert::type)
        .containsExactly(AlertType.LIMIT_WARNING, AlertType.LIMIT_EXCEEDED);
  }

  @Test
  void aRefundBelowTheLineResolves() {
    CounterStory story = new CounterStory("10", "80").spend("9");
    story.evaluate();
    assertThat(story.spend("7.99").evaluate()).containsExactly("resolve 80");
    assertThat(story.open()).isEmpty();
  }

  @Test
  void aRefundBelowNothingResolvesToo() {
    CounterStory story = new CounterStory("0", "80").spend("1");
    assertThat(story.evaluate()).containsExactly("raise 80");
    assertThat(story.spend("-1").evaluate()).containsExactly("resolve 80");
  }

  @Test
  void afterThreeOpeningsWithinAnHourTheNextIsHeldBackUntilTheHourIsOver() {
    CounterStory story = new CounterStory("10", "80");
    Instant at = CounterStory.DURING;
    List<String> decided = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      decided.addAll(story.spend("8").evaluate(at.plus(Duration.ofMinutes(10L * i))));
      story.spend("7").evaluate(at.plus(Duration.ofMinutes(10L * i + 5)));
    }
    assertThat(decided).containsExactly("raise 80", "raise 80", "raise 80", "hold 80", "hold 80");
    assertThat(story.alerts().getLast().heldUntil()).contains(at.plus(Duration.ofHours(1)));
    assertThat(story.spend("8").evaluate(at.plus(Duration.ofHours(1))))
        .as("the first of the three is an hour ago")
        .containsExactly("raise 80");
  }

  @Test
  void howOftenAKeyOpenedEarlierInThePeriodDoesNotMatter() {
    CounterStory story = new CounterStory("10", "80");
    for (int day = 0; day < 9; day++) {
      Instant at = CounterStory.PERIOD.start().plus(Duration.ofDays(day));
      assertThat(story.spend("8").evaluate(at)).containsExactly("raise 80");
      assertThat(story.spend("7").evaluate(at.plusSeconds(60))).containsExactly("resolve 80");
    }
  }

  @Test
  void anEditLetsTheNextAlertBeSentAtOnce() {
    CounterStory story = new CounterStory("10", "80");
    for (int i = 0; i < 3; i++) {
      story.spend("8").evaluate();
      story.spend("7").evaluate();
    }
    assertThat(story.spend("8").decide(CounterStory.DURING.plusSeconds(9)))
        .singleElement()
        .isInstanceOfSatisfying(
            AlertDecision.Raise.class, raise -> assertThat(raise.heldUntil()).isPresent());
    assertThat(
            story
                .edited(CounterStory.DURING.plusSeconds(9))
                .evaluate(CounterStory.DURING.plusSeconds(9)))
        .containsExactly("raise 80");
  }

  @Test
  void whatOpenedAndWasOverWhileItWasHeldBackIsNamedNextTime() {
    CounterStory story = new CounterStory("10", "80", "100");
    for (int i = 0; i < 4; i++) {
      story.spend("8").evaluate(CounterStory.DURING.plusSeconds(i));
      story.spend("7").evaluate(CounterStory.DURING.plusSeconds(i));
    }
    assertThat(story.input().missed())
        .singleElement()
        .satisfies(
            alert -> assertThat(alert.raisedAt()).isEqualTo(CounterStory.DURING.plusSeconds(3)));
    story.spend("10").evaluate(CounterStory.DURING.plusSeconds(9));
    assertThat(story.input().missed()).as("the alert at 100 % has named it").isEmpty();
  }

  @Test
  void theOpeningsOfAKeyAreCountedFromNought() {
    CounterStory story = new CounterStory("10", "80");
    for (long opening = 0; opening < 3; opening++) {
      story.spend("8");
      assertThat(story.decide(CounterStory.DURING))
          .singleElement()
          .isInstanceOfSatisfying(
              AlertDecision.Raise.class,
              raise -> assertThat(raise.opening()).isEqualTo(story.alerts().size()));
      story.evaluate();
      story.spend("7").evaluate();
    }
  }

  @Test
  void aPeriodAlreadyAboveTheLineAtItsFirstEvaluationFires() {
    CounterStory story = new CounterStory("10", "80", "100").spend("30");
    assertThat(story.evaluate(CounterStory.PERIOD.start()))
        .containsExactly("raise 80", "raise 100");
  }

  @Test
  void aPeriodThatEndedOverAThresholdUnseenIsRestated() {
    CounterStory story = new CounterStory("10", "80", "100").spend("30");
    assertThat(story.decide(ENDED))
        .extracting(EvaluationTest::text)
        .containsOnly(
            "the period ended at 300 % of $10.00, and nobody was notified: spend is $30.00");
    assertThat(story.evaluate(ENDED)).containsExactly("raise 80", "raise 100");
    assertThat(story.alerts()).extracting(LoggedAlert::type).containsOnly(AlertType.RESTATED);
    assertThat(story.evaluate(ENDED)).isEmpty();
    assertThat(story.close().evaluate(ENDED)).isEmpty();
  }

  @Test
  void aCrossingAgainThatNobodySawBeforeTheEndIsRestated() {
    CounterStory story = new CounterStory("10", "80");
    story.spend("9").evaluate();
    story.spend("7").evaluate();
    assertThat(story.spend("9").evaluate(ENDED)).containsExactly("raise 80");
  }

  @Test
  void theEndOfThePeriodEndsOpenAlertsOnceAndTellsNobody() {
    CounterStory story = new CounterStory("10", "50", "80", "100").spend("9");
    story.evaluate();
    assertThat(story.evaluate(ENDED)).containsExactlyInAnyOrder("end 50", "end 80");
    assertThat(story.alerts()).extracting(LoggedAlert::state).containsOnly(AlertState.ENDED);
    assertThat(story.lateSpend("9.5").evaluate(ENDED.plusSeconds(60))).isEmpty();
  }

  @Test
  void aBudgetCreatedOverExistingSpendFiresOnceForTheHighestLineThatIsMet() {
    CounterStory story = new CounterStory("10", "50", "80", "100").spend("9.50");
    assertThat(story.evaluate()).containsExactly("raise 50", "raise 80");
    assertThat(story.evaluate()).isEmpty();
  }

  @Test
  void everyPositiveSpendExceedsALimitOfZero() {
    CounterStory story = new CounterStory("0", "80", "100");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.spend("1e-12").evaluate()).containsExactly("raise 80", "raise 100");
  }

  @Test
  void aPausedBudgetDecidesNothingUntilItsPeriodEnds() {
    CounterStory story = new CounterStory("10", "80", "100").spend("8");
    story.evaluate();
    assertThat(story.status(BudgetStatus.PAUSED).spend("20").evaluate()).isEmpty();
    assertThat(story.evaluate(ENDED)).containsExactly("end 80");
  }

  @Test
  void anArchivedBudgetEndsItsAlertsAndRaisesNoneWhateverTheTime() {
    CounterStory story = new CounterStory("10", "80", "100").spend("8");
    story.evaluate();
    assertThat(story.status(BudgetStatus.ARCHIVED).spend("20").evaluate())
        .containsExactly("end 80");
    assertThat(story.evaluate(ENDED)).isEmpty();
  }

  @Test
  void aForecastLineIsNotForActualSpend() {
    Threshold forecast =
        new Threshold(
            ThresholdKind.FORECAST,
            BigDecimal.valueOf(100),
            Severity.WARNING,
            List.of(),
            Optional.empty());
    CounterStory story = new CounterStory("10", "80").lines(List.of(forecast)).spend("30");
    assertThat(story.evaluate()).isEmpty();
  }

  @Test
  void theReasonSaysWhatWasComparedWithWhat() {
    CounterStory story = new CounterStory("10", "80").spend("8.25");
    assertThat(story.decide(CounterStory.DURING))
        .singleElement()
        .extracting(EvaluationTest::text)
        .isEqualTo("spend $8.25 reached 80 % of $10.00");
    story.evaluate();
    assertThat(story.spend("7.999").decide(CounterStory.DURING))
        .singleElement()
        .extracting(EvaluationTest::text)
        .isEqualTo("spend $7.99 is below 80 % of $10.00");
  }

  @Test
  void fromAHundredPercentOnAnAlertSaysThatTheLimitIsExceeded() {
    CounterStory story = new CounterStory("10", "99.999", "100", "150").spend("100");
    story.evaluate();
    assertThat(story.alerts())
        .extracting(LoggedAlert::type)
        .containsExactly(
            AlertType.LIMIT_WARNING, AlertType.LIMIT_EXCEEDED, AlertType.LIMIT_EXCEEDED);
  }

  @Test
  void unpricedUsageIsToldOnceAndIsOverWhenEverythingHasAPrice() {
    CounterStory story = new CounterStory("100", "80");
    assertThat(story.spend("10").unpriced(3).evaluate()).containsExactly("raise 0");
    assertThat(story.unpriced(4).evaluate()).isEmpty();
    assertThat(story.unpriced(0).evaluate()).containsExactly("resolve 0");
  }

  @Test
  void unpricedUsageDoesNotHideALine() {
    CounterStory story = new CounterStory("100", "80");
    assertThat(story.spend("90").unpriced(1).evaluate()).containsExactly("raise 80", "raise 0");
    assertThat(story.spend("70").evaluate()).containsExactly("resolve 80");
  }

  @Test
  void aClosedPeriodLiftedOverThresholdsIsRestatedOnce() {
    CounterStory story = new CounterStory("100", "80", "90", "100");
    story.spend("85").evaluate();
    assertThat(story.evaluate(CounterStory.PERIOD.end())).containsExactly("end 80");
    story.close();
    assertThat(story.evaluate(CounterStory.PERIOD.end()))
        .as("a line that was reached in time")
        .isEmpty();
    assertThat(story.spend("103").evaluate(CounterStory.PERIOD.end()))
        .containsExactly("raise 90", "raise 100");
    assertThat(story.spend("104").evaluate(CounterStory.PERIOD.end())).isEmpty();
    assertThat(story.spend("95").evaluate(CounterStory.PERIOD.end()))
        .containsExactly("resolve 100");
  }

  @Test
  void aRestatementSaysWhatThePeriodEndedAtAndWhatItSeemedToEndAt() {
    CounterStory story = new CounterStory("100", "80", "100").spend("98").close();
    assertThat(story.spend("103").decide(CounterStory.PERIOD.end()))
        .singleElement()
        .extracting(EvaluationTest::text)
        .isEqualTo(
            "the period ended at 103 % of $100.00, not at 98 %: spend is $103.00, and $98.00 was"
                + " known when the period ended");
  }

  @Test
  void aPausedBudgetRestatesNothing() {
    CounterStory story = new CounterStory("100", "100").spend("98").close();
    assertThat(story.spend("103").status(BudgetStatus.PAUSED).evaluate(CounterStory.PERIOD.end()))
        .isEmpty();
  }

  @Test
  void anEventBetweenThePeriodsEndAndItsClosingRestatesIt() {
    CounterStory story = new CounterStory("100", "80", "100").spend("98");
    story.evaluate();
    assertThat(story.lateSpend("120").evaluate(ENDED)).containsExactly("end 80", "raise 100");
    assertThat(story.close().evaluate(ENDED)).isEmpty();
    assertThat(story.alerts().getLast().type()).isEqualTo(AlertType.RESTATED);
  }

  @Test
  void aPeriodFromBeforeTheBudgetWasMadeIsNeverRestated() {
    CounterStory story = new CounterStory("100", "80").createdAt(ENDED).spend("10").close();
    assertThat(story.spend("120").evaluate(ENDED)).isEmpty();
  }

  @Test
  void usageWithoutAPriceThatCountsAtTheCeilingMayBeTooHigh() {
    CounterStory story = new CounterStory("100", "80").spend("10").unpriced(1);
    assertThat(story.decide(CounterStory.DURING))
        .extracting(EvaluationTest::text)
        .containsExactly("1 request has no known price, so spend $10.00 may be too low");
    assertThat(story.withCeiling().unpriced(2).decide(CounterStory.DURING))
        .extracting(EvaluationTest::text)
        .containsExactly(
            "2 requests have no known price and count at the ceiling price, so spend $10.00 may be"
                + " too high");
  }

  private static String text(AlertDecision decision) {
    return new MessageCatalog(Locale.ENGLISH).reason(decision.reason(), "USD", ZoneOffset.UTC);
  }
}
