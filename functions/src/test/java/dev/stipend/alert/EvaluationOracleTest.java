package dev.stipend.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.AlertDecision.Raise;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/// Evaluation against a model that knows only whole numbers: cents, and thousandths of a percent.
final class EvaluationOracleTest {
  private static final int MOST_OPENINGS = 3;

  /// A change of a counter or its budget, followed by an evaluation.
  ///
  /// @param removed the place of the line that is taken out for this step; beyond the last for none
  record Step(int spendCents, int limitCents, int removed) {}

  /// What the model remembers of one line.
  private static final class Line {
    private boolean open;
    private boolean superseded;
    private int openings;
  }

  @Property(seed = "20261121", tries = 2_000)
  void decisionsAreThoseOfTheModelAtEveryStep(
      @ForAll("percents") Set<Integer> milliPercents, @ForAll("steps") List<Step> steps) {
    NavigableMap<Integer, Line> model = new TreeMap<>();
    milliPercents.forEach(percent -> model.put(percent, new Line()));
    CounterStory story = new CounterStory("1");
    for (Step step : steps) {
      List<Integer> lines = new ArrayList<>(model.keySet());
      if (step.removed() < lines.size()) {
        lines.remove(step.removed());
      }
      story
          .spend(cents(step.spendCents()))
          .limit(cents(step.limitCents()))
          .lines(lines.stream().map(EvaluationOracleTest::percent).toArray(String[]::new));
      Set<String> expected = advance(model, Set.copyOf(lines), step);
      List<String> openBefore = story.open();
      List<AlertDecision> decisions = story.decide(CounterStory.DURING);
      assertRaisesAreTheHighestAndAlone(decisions, openBefore, lines, step);
      assertThat(story.evaluate()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(story.open())
          .containsExactlyElementsOf(
              model.entrySet().stream()
                  .filter(line -> line.getValue().open)
                  .map(line -> percent(line.getKey()))
                  .toList());
      assertThat(story.decide(CounterStory.DURING)).as("nothing changed").isEmpty();
    }
    assertThat(story.alerts())
        .allSatisfy(
            alert ->
                assertThat(story.alerts())
                    .filteredOn(other -> other.threshold().compareTo(alert.threshold()) == 0)
                    .hasSizeLessThanOrEqualTo(MOST_OPENINGS));
  }

  @Property(seed = "20261122", tries = 500)
  void anEndedPeriodOnlyEndsWhatIsOpen(
      @ForAll("percents") Set<Integer> milliPercents, @ForAll("steps") List<Step> steps) {
    CounterStory story =
        new CounterStory(
            "1", milliPercents.stream().map(EvaluationOracleTest::percent).toArray(String[]::new));
    for (Step step : steps) {
      story.spend(cents(step.spendCents())).limit(cents(step.limitCents())).evaluate();
    }
    List<String> ends = story.open().stream().map(percent -> "end " + percent).toList();
    story.spend("999999");
    assertThat(story.evaluate(CounterStory.PERIOD.end())).containsExactlyInAnyOrderElementsOf(ends);
    assertThat(story.evaluate(CounterStory.PERIOD.end())).isEmpty();
  }

  @Test
  void theModelItselfRaisesTheHighestOfTwo() {
    NavigableMap<Integer, Line> model =
        new TreeMap<>(Map.of(80_000, new Line(), 100_000, new Line()));
    assertThat(advance(model, Set.of(80_000, 100_000), new Step(130, 100, 9)))
        .containsExactlyInAnyOrder("supersede 80", "raise 100");
    assertThat(advance(model, Set.of(80_000, 100_000), new Step(90, 100, 9)))
        .containsExactlyInAnyOrder("resolve 100", "raise 80");
  }

  /// Moves the model one step and answers, in words, what should have been decided.
  private static Set<String> advance(
      NavigableMap<Integer, Line> model, Set<Integer> present, Step step) {
    Set<String> words = new TreeSet<>();
    model.forEach(
        (percent, line) -> {
          if (line.open && !(present.contains(percent) && met(percent, step))) {
            line.open = false;
            words.add("resolve " + percent(percent));
          }
        });
    boolean higherIsOpen = false;
    for (Map.Entry<Integer, Line> entry : model.descendingMap().entrySet()) {
      int percent = entry.getKey();
      Line line = entry.getValue();
      if (present.contains(percent) && met(percent, step)) {
        if (!line.open && line.openings < MOST_OPENINGS) {
          line.open = true;
          line.openings++;
          line.superseded = higherIsOpen;
          words.add((higherIsOpen ? "supersede " : "raise ") + percent(percent));
        }
        if (line.open && line.superseded && !higherIsOpen) {
          line.superseded = false;
          words.add("raise " + percent(percent));
        }
        higherIsOpen |= line.open;
      }
    }
    return words;
  }

  private static boolean met(int milliPercent, Step step) {
    return step.limitCents() == 0
        ? step.spendCents() > 0
        : 100_000L * step.spendCents() >= (long) milliPercent * step.limitCents();
  }

  private static void assertRaisesAreTheHighestAndAlone(
      List<AlertDecision> decisions, List<String> openBefore, List<Integer> lines, Step step) {
    List<Raise> raises =
        decisions.stream().filter(Raise.class::isInstance).map(Raise.class::cast).toList();
    assertThat(raises).hasSizeLessThanOrEqualTo(1);
    for (Raise raise : raises) {
      assertThat(lines)
          .filteredOn(line -> met(line, step) && openBefore.contains(percent(line)))
          .allMatch(line -> new BigDecimal(percent(line)).compareTo(raise.line().percent()) <= 0);
    }
  }

  @Provide
  Arbitrary<Set<Integer>> percents() {
    return Arbitraries.oneOf(
            Arbitraries.of(500, 50_000, 80_000, 90_000, 99_999, 100_000, 100_001, 150_000),
            Arbitraries.integers().between(1, 300_000))
        .set()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> limits =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(100)), Tuple.of(1, Arbitraries.of(0, 1, 50, 200, 1000)));
    Arbitrary<Integer> spends =
        Arbitraries.oneOf(
            Arbitraries.of(-10, 0, 1, 49, 50, 79, 80, 81, 99, 100, 101, 150, 300),
            Arbitraries.integers().between(-50, 400));
    Arbitrary<Integer> removed =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.just(99)), Tuple.of(1, Arbitraries.integers().between(0, 5)));
    return Combinators.combine(spends, limits, removed)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(16);
  }

  private static String cents(int cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  private static String percent(int milliPercent) {
    return BigDecimal.valueOf(milliPercent, 3).stripTrailingZeros().toPlainString();
  }
}
