package dev.stipend.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.bench.figure.Figure.Requirement;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FigureTableTest {
  private static final Figure FAST_ENOUGH =
      new Figure(
          "fast", "events/s", 12_000, OptionalDouble.of(24_000), new Requirement.RatioAtLeast(0.4));
  private static final Figure TOO_SLOW =
      new Figure("slow", "ms", 50, OptionalDouble.of(20), new Requirement.RatioAtMost(2));

  @Test
  void everyFigureIsALineWithItsRatioAndItsVerdict() {
    Figure told = new Figure("told", "ms", 1.25, OptionalDouble.empty(), new Requirement.Nothing());
    assertThat(FigureTable.format(List.of(FAST_ENOUGH, TOO_SLOW, told)).lines())
        .containsExactly(
            "name  measured         limit            ratio  required       verdict",
            "fast  12,000 events/s  24,000 events/s  0.50   ratio >= 0.40  ok",
            "slow  50.0 ms          20.0 ms          2.50   ratio <= 2.00  MISSED",
            "told  1.3 ms           -                -      -              -");
  }

  @Test
  void exactlyWhatIsRequiredIsEnough() {
    assertThat(figure(10, new Requirement.RatioAtLeast(0.5)).isOk()).isTrue();
    assertThat(figure(9.9, new Requirement.RatioAtLeast(0.5)).isOk()).isFalse();
    assertThat(figure(40, new Requirement.RatioAtMost(2)).isOk()).isTrue();
    assertThat(figure(40.1, new Requirement.RatioAtMost(2)).isOk()).isFalse();
    assertThat(figure(10, new Requirement.AtLeast(10)).isOk()).isTrue();
    assertThat(figure(9.9, new Requirement.AtLeast(10)).isOk()).isFalse();
  }

  @Test
  void oneSpoiltRoundDoesNotMoveAMedian() {
    Medians medians = new Medians();
    List.of(3.0, 1000.0, 1.0, 2.0, 4.0).forEach(value -> medians.add("side", value));
    assertThat(medians.of("side")).isEqualTo(3);
    medians.add("side", 2.0);
    assertThat(medians.of("side")).isEqualTo(2.5);
  }

  private static Figure figure(double measured, Requirement required) {
    return new Figure("any", "ms", measured, OptionalDouble.of(20), required);
  }
}
