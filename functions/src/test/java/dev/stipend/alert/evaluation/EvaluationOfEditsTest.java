package dev.stipend.alert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.CounterStory;
import dev.stipend.platform.wording.Reason;
import org.junit.jupiter.api.Test;

/// What edits of a budget's limit, name and lines decide.
final class EvaluationOfEditsTest {
  @Test
  void aLimitRaisedSoThatTheConditionIsFalseResolvesAndCrossingAgainIsANewAlert() {
    CounterStory story = new CounterStory("10", "80", "100").spend("9");
    assertThat(story.evaluate()).containsExactly("raise 80");
    assertThat(story.limit("20").evaluate()).containsExactly("resolve 80");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.spend("16").evaluate()).containsExactly("raise 80");
    assertThat(story.alerts()).hasSize(2);
  }

  @Test
  void aLimitRaisedBetweenTwoLinesResolvesOnlyTheHigher() {
    CounterStory story = new CounterStory("10", "80", "100").spend("11");
    story.evaluate();
    assertThat(story.limit("12").evaluate()).containsExactly("resolve 100");
    assertThat(story.open()).containsExactly("80");
    assertThat(story.spend("12").evaluate()).containsExactly("raise 100");
  }

  @Test
  void aLimitLoweredBelowTheSpendRaisesAtOnce() {
    CounterStory story = new CounterStory("100", "80", "100").spend("50");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.limit("40").evaluate()).containsExactly("raise 80", "raise 100");
  }

  @Test
  void aNewNameChangesNothing() {
    CounterStory story = new CounterStory("10", "80", "100").spend("9");
    story.evaluate();
    assertThat(story.name("Renamed").evaluate()).isEmpty();
  }

  @Test
  void anEditAndEditBackBeforeAnyEvaluationChangesNothing() {
    CounterStory story = new CounterStory("10", "80", "100").spend("9");
    story.evaluate();
    assertThat(story.limit("1").limit("10").lines("5").lines("80", "100").evaluate()).isEmpty();
  }

  @Test
  void aLineThatIsRemovedResolvesWithThatReason() {
    CounterStory story = new CounterStory("10", "80", "100").spend("9");
    story.evaluate();
    story.lines("100");
    assertThat(story.decide(CounterStory.DURING))
        .singleElement()
        .extracting(AlertDecision::reason)
        .isEqualTo(Reason.of(Reason.Code.THRESHOLD_REMOVED));
  }

  @Test
  void aThresholdThatIsAddedUnderAnOpenOneHasAnAlertOfItsOwn() {
    CounterStory story = new CounterStory("10", "100").spend("11");
    story.evaluate();
    assertThat(story.lines("50", "100").evaluate()).containsExactly("raise 50");
  }
}
