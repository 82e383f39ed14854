package dev.stipend.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Severity;
import org.junit.jupiter.api.Test;

/// Rule 11: a budget above that refuses all work speaks for those below.
final class InhibitionTest {
  @Test
  void aLineReachedBelowABlockedParentIsLoggedAndKeptBack() {
    CounterStory story = new CounterStory("10", "80", "100").spend("8").blockedAbove();

    assertThat(story.decide(CounterStory.DURING))
        .singleElement()
        .isInstanceOfSatisfying(
            AlertDecision.Inhibit.class,
            inhibit -> {
              assertThat(inhibit.reason()).isEqualTo("spend 8.00 reached 80 % of 10.00");
              assertThat(inhibit.hush().reason())
                  .isEqualTo(
                      "budget Everything above it has reached its hard limit: 50.00 of"
                          + " 50.00 are spent");
              assertThat(inhibit.hush().upTo()).isEqualTo(Severity.CRITICAL);
            });
  }

  @Test
  void itIsKeptBackOnce() {
    CounterStory story = new CounterStory("10", "80", "100").spend("8").blockedAbove();

    assertThat(story.evaluate()).containsExactly("inhibit 80");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.spend("10").evaluate()).containsExactly("inhibit 100");
  }

  @Test
  void severalLinesAtOnceKeepBackTheHighest() {
    CounterStory story = new CounterStory("10", "80", "100").spend("12").blockedAbove();

    assertThat(story.evaluate()).containsExactlyInAnyOrder("supersede 80", "inhibit 100");
  }

  @Test
  void aLineBelowOneThatIsLeftIsKeptBackToo() {
    CounterStory story = new CounterStory("10", "80", "100").spend("12").blockedAbove();
    story.evaluate();

    assertThat(story.spend("9").evaluate()).containsExactly("resolve 100", "inhibit 80");
    assertThat(story.unblockedAbove().evaluate()).isEmpty();
  }

  @Test
  void whatIsReachedAfterwardsIsRaised() {
    CounterStory story = new CounterStory("10", "80", "100").spend("8").blockedAbove();
    story.evaluate();

    assertThat(story.unblockedAbove().spend("10").evaluate()).containsExactly("raise 100");
  }

  @Test
  void requestsWithoutAPriceAreToldAllTheSame() {
    CounterStory story = new CounterStory("10", "80").unpriced(1).blockedAbove();

    assertThat(story.evaluate()).containsExactly("raise 0");
  }
}
