package dev.stipend.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// A sweep may close a period between the instant that a recorder reads as now and the evaluation
/// of what it recorded.
class ClosedCounterTest {
  @Test
  void whoEvaluatesAClosedPeriodAtATimeBeforeItsEndOpensNothingThatNobodyWouldEnd() {
    CounterStory story = new CounterStory("100", "80").spend("85").close();
    assertThat(story.unpriced(1).evaluate(CounterStory.DURING)).isEmpty();
  }

  @Test
  void itRestatesThePeriodLikeAnyoneElse() {
    CounterStory story = new CounterStory("100", "80").spend("70").close();
    story.spend("85");
    assertThat(story.decide(CounterStory.DURING))
        .isEqualTo(story.decide(CounterStory.PERIOD.end()))
        .singleElement()
        .extracting(decision -> decision.reason().parameters())
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
        .containsEntry("known", "70.0")
        .containsEntry("ended", "85.0");
  }
}
