package dev.stipend.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Lines for what is foreseen: the forecast for the end of the period, and hours that are unusual.
final class ForesightTest {
  private static final Instant DURING = CounterStory.DURING;

  @Test
  void aForecastThatReachesTheLineIsRaisedOnceAndNotTheLineItself() {
    CounterStory story = story("100").spend("30").requests(100).foreseen(SpendHours.NONE, DURING);

    assertThat(story.evaluate()).containsExactly("raise 50");
    assertThat(story.evaluate()).isEmpty();
    assertThat(story.alerts().getFirst().type()).isEqualTo(AlertType.APPROACHING_LIMIT);
  }

  @Test
  void noForecastIsRaisedOnLittleEvidence() {
    assertThat(story("100").spend("40").requests(19).foreseen(SpendHours.NONE, DURING).evaluate())
        .isEmpty();
    assertThat(
            story("100")
                .spend("40")
                .requests(100)
                .foreseen(SpendHours.NONE, CounterStory.PERIOD.start().plus(Duration.ofDays(2)))
                .evaluate())
        .isEmpty();
  }

  @Test
  void aForecastResolvesUnderNinetyFivePercentOfItsLineOnly() {
    CounterStory story = story("100").spend("30").requests(100).foreseen(SpendHours.NONE, DURING);
    story.evaluate();

    // Of the period, 14.5 days of 31 are over: 22.30 go on to 47.68, and 22.10 to 47.25.
    assertThat(story.spend("22.30").foreseen(SpendHours.NONE, DURING).evaluate()).isEmpty();
    assertThat(story.spend("22.10").foreseen(SpendHours.NONE, DURING).evaluate())
        .containsExactly("resolve 50");
  }

  @Test
  void whatSpendHasReachedAlreadyIsNotForeseen() {
    CounterStory story = story("100").spend("50").requests(100).foreseen(SpendHours.NONE, DURING);

    assertThat(story.evaluate()).isEmpty();
  }

  @Test
  void withoutALookForecastsStayAsTheyAre() {
    CounterStory story = story("100").spend("30").requests(100).foreseen(SpendHours.NONE, DURING);
    story.evaluate();

    assertThat(story.notForeseen().spend("1").evaluate()).isEmpty();
    assertThat(story.open()).containsExactly("50");
  }

  @Test
  void aForecastEndsWithItsPeriod() {
    CounterStory story = story("100").spend("30").requests(100).foreseen(SpendHours.NONE, DURING);
    story.evaluate();

    assertThat(story.notForeseen().evaluate(CounterStory.PERIOD.end())).containsExactly("end 50");
  }

  @Test
  void anUnusualHourIsRaisedAndResolvesWithTheNextUsualOne() {
    CounterStory story = new CounterStory("1000").lines(List.of(line(ThresholdKind.UNUSUAL, 300)));
    SpendHours hours = hours("5", "40");

    assertThat(story.foreseen(hours, DURING).evaluate()).containsExactly("raise 300");
    assertThat(story.foreseen(hours, DURING.plusSeconds(60)).evaluate()).isEmpty();
    assertThat(story.foreseen(hours("5", "5"), DURING.plusSeconds(120)).evaluate())
        .containsExactly("resolve 300");
  }

  @Test
  void anHourThatIsUnusualByLessThanTheLineAsksForIsNotRaised() {
    CounterStory story = new CounterStory("1000").lines(List.of(line(ThresholdKind.UNUSUAL, 900)));

    assertThat(story.foreseen(hours("5", "40"), DURING).evaluate()).isEmpty();
    assertThat(story.foreseen(hours("5", "45"), DURING).evaluate()).containsExactly("raise 900");
  }

  private static CounterStory story(String limit) {
    return new CounterStory(limit).lines(List.of(line(ThresholdKind.FORECAST, 50)));
  }

  private static Threshold line(ThresholdKind kind, int percent) {
    return new Threshold(
        kind, BigDecimal.valueOf(percent), Severity.WARNING, List.of(), Optional.empty());
  }

  /// Two weeks in which every hour cost the same, but the last one.
  private static SpendHours hours(String usual, String last) {
    TreeMap<Instant, Money> hours = new TreeMap<>();
    for (int back = 2; back <= 14 * 24; back++) {
      hours.put(DURING.minus(Duration.ofHours(back)), Money.of(usual));
    }
    hours.put(DURING.minus(Duration.ofHours(1)), Money.of(last));
    return new SpendHours(hours, Money.ZERO);
  }
}
