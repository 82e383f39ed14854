package dev.stipend.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  void crossingSeveralLinesAtOnceRaisesOnlyTheHighest() {
    CounterStory story = new CounterStory("10", "50", "80", "100", "120", "150").spend("13");
    assertThat(story.evaluate())
        .containsExactlyInAnyOrder("supersede 50", "supersede 80", "supersede 100", "raise 120");
    assertThat(story.open()).containsExactly("50", "80", "100", "120");
    assertThat(story.evaluate()).isEmpty();
  }

  @Test
  void aLineBelowOneThatIsLeftSpeaksForItself() {
    CounterStory story = new CounterStory("10", "50", "80", "100").spend("13");
    assertThat(story.evaluate())
        .containsExactlyInAnyOrder("supersede 50", "supersede 80", "raise 100");
    assertThat(story.spend("9").decide(CounterStory.DURING))
        .extracting(AlertDecision::reason)
        .containsExactly(
            "spend 9.00 is below 100 % of 10.00; the line at 80 % still holds",
            "spend 9.00 reached 80 % of 10.00; a higher line was reached too, and left again");
    assertThat(story.evaluate()).containsExactly("resolve 100", "raise 80");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.alerts()).hasSize(3);
    assertThat(story.spend("7").evaluate()).containsExactly("resolve 80", "raise 50");
    assertThat(story.spend("1").evaluate()).containsExactly("resolve 50");
  }

  @Test
  void aLineBelowOneThatIsRemovedSpeaksForItself() {
    CounterStory story = new CounterStory("10", "80", "100").spend("13");
    story.evaluate();
    assertThat(story.lines("80").evaluate()).containsExactly("resolve 100", "raise 80");
  }

  @Test
  void aHigherLineThatIsReachedSpeaksForThoseBelowOnlyWhileItIs() {
    CounterStory story = new CounterStory("10", "80", "100", "120").spend("13");
    story.evaluate();
    assertThat(story.spend("11").evaluate()).containsExactly("resolve 120", "raise 100");
    assertThat(story.spend("13").evaluate()).containsExactly("raise 120");
    assertThat(story.spend("11").evaluate()).containsExactly("resolve 120");
    assertThat(story.spend("9").evaluate()).containsExactly("resolve 100", "raise 80");
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
  void aFlappingKeyOpensAtMostThreeTimesOfSix() {
    CounterStory story = new CounterStory("10", "80");
    List<String> raised = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      raised.addAll(story.spend("8").evaluate());
      story.spend("7").evaluate();
    }
    assertThat(raised).containsExactly("raise 80", "raise 80", "raise 80");
    assertThat(story.alerts()).hasSize(3).noneMatch(LoggedAlert::isOpen);
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
  void aLineThatFlappedOutDoesNotSilenceALowerOne() {
    CounterStory story = new CounterStory("10", "80", "100").spend("9");
    story.evaluate();
    for (int i = 0; i < 3; i++) {
      story.spend("10").evaluate();
      story.spend("9").evaluate();
    }
    assertThat(story.spend("0").evaluate()).containsExactly("resolve 80");
    assertThat(story.spend("11").evaluate()).containsExactly("raise 80");
  }

  @Test
  void aPeriodAlreadyAboveTheLineAtItsFirstEvaluationFires() {
    CounterStory story = new CounterStory("10", "80", "100").spend("30");
    assertThat(story.evaluate(CounterStory.PERIOD.start()))
        .containsExactly("supersede 80", "raise 100");
  }

  @Test
  void nothingFiresForAPeriodThatEndedUnseen() {
    CounterStory story = new CounterStory("10", "80", "100").spend("30");
    assertThat(story.evaluate(ENDED)).isEmpty();
    assertThat(story.evaluate(ENDED.minusNanos(1))).containsExactly("supersede 80", "raise 100");
  }

  @Test
  void theEndOfThePeriodEndsOpenAlertsOnceAndTellsNobody() {
    CounterStory story = new CounterStory("10", "50", "80", "100").spend("9");
    story.evaluate();
    assertThat(story.evaluate(ENDED)).containsExactlyInAnyOrder("end 50", "end 80");
    assertThat(story.alerts()).extracting(LoggedAlert::state).containsOnly(AlertState.ENDED);
    assertThat(story.spend("20").evaluate(ENDED.plusSeconds(60))).isEmpty();
  }

  @Test
  void aBudgetCreatedOverExistingSpendFiresOnceForTheHighestLineThatIsMet() {
    CounterStory story = new CounterStory("10", "50", "80", "100").spend("9.50");
    assertThat(story.evaluate()).containsExactly("supersede 50", "raise 80");
    assertThat(story.evaluate()).isEmpty();
  }

  @Test
  void everyPositiveSpendExceedsALimitOfZero() {
    CounterStory story = new CounterStory("0", "80", "100");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.spend("1e-12").evaluate()).containsExactly("supersede 80", "raise 100");
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
        .extracting(AlertDecision::reason)
        .isEqualTo("spend 8.25 reached 80 % of 10.00");
    story.evaluate();
    assertThat(story.spend("7.999").decide(CounterStory.DURING))
        .singleElement()
        .extracting(AlertDecision::reason)
        .isEqualTo("spend 7.999 is below 80 % of 10.00");
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
  void aClosedPeriodLiftedOverALineIsRestatedOnceByTheHighest() {
    CounterStory story = new CounterStory("100", "80", "90", "100");
    story.spend("85").evaluate();
    assertThat(story.evaluate(CounterStory.PERIOD.end())).containsExactly("end 80");
    story.close();
    assertThat(story.evaluate(CounterStory.PERIOD.end()))
        .as("a line that was reached in time")
        .isEmpty();
    assertThat(story.spend("103").evaluate(CounterStory.PERIOD.end()))
        .containsExactly("supersede 90", "raise 100");
    assertThat(story.spend("104").evaluate(CounterStory.PERIOD.end())).isEmpty();
    assertThat(story.spend("95").evaluate(CounterStory.PERIOD.end()))
        .containsExactly("resolve 100", "raise 90");
  }

  @Test
  void aRestatementSaysWhatThePeriodEndedAtAndWhatItSeemedToEndAt() {
    CounterStory story = new CounterStory("100", "80", "100").spend("98").close();
    assertThat(story.spend("103").decide(CounterStory.PERIOD.end()))
        .singleElement()
        .extracting(AlertDecision::reason)
        .asString()
        .startsWith("the period ended at 103.0 % of 100.00, not at 98.0 %");
  }

  @Test
  void aPausedBudgetRestatesNothing() {
    CounterStory story = new CounterStory("100", "100").spend("98").close();
    assertThat(story.spend("103").status(BudgetStatus.PAUSED).evaluate(CounterStory.PERIOD.end()))
        .isEmpty();
  }

  @Test
  void aPeriodThatIsNotClosedYetIsNotRestated() {
    CounterStory story = new CounterStory("100", "80").spend("50");
    assertThat(story.spend("120").evaluate(CounterStory.PERIOD.end())).isEmpty();
  }
}
