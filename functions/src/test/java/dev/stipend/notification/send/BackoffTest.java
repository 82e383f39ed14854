package dev.stipend.notification.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.notification.delivery.DeliveryQueue;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  /// Always the least, which leaves half of the wait.
  private static final RandomGenerator LEAST = () -> 0L;

  @Property(seed = "1", tries = 2_000)
  void everyWaitIsBetweenHalfAndAllOfItsBound(
      @ForAll @IntRange(min = 1) int attempt, @ForAll long seed) {
    Duration bound = bound(attempt);
    Duration wait = Backoff.after(attempt, new Random(seed));
    assertThat(wait).isBetween(bound.dividedBy(2), bound);
    assertThat(wait).isLessThanOrEqualTo(DeliveryQueue.LONGEST_DELAY);
  }

  @Test
  void theShortestWaitsDoubleUntilTheQueueCanWaitNoLonger() {
    assertThat(
            IntStream.rangeClosed(1, 11)
                .mapToObj(attempt -> Backoff.after(attempt, LEAST).toMillis())
                .toList())
        .containsExactly(
            2_500L, 5_000L, 10_000L, 20_000L, 40_000L, 80_000L, 160_000L, 320_000L, 450_000L,
            450_000L, 450_000L);
  }

  @Test
  void workersThatFailedTogetherComeBackApart() {
    Random random = new Random(7);
    Set<Duration> waits = new HashSet<>();
    for (int worker = 0; worker < 100; worker++) {
      waits.add(Backoff.after(5, random));
    }
    assertThat(waits).hasSizeGreaterThan(90);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(50)) < 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(70)) > 0);
  }

  @Test
  void theWholeBoundCanBeDrawn() {
    Random random = new Random(7);
    Set<Long> waits = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      waits.add(Backoff.after(1, random).toMillis());
    }
    assertThat(waits).contains(2_500L, 5_000L);
  }

  private static Duration bound(int attempt) {
    Duration bound = Duration.ofSeconds(5);
    for (int i = 1; i < attempt && bound.compareTo(Duration.ofMinutes(15)) < 0; i++) {
      bound = bound.plus(bound);
    }
    return bound.compareTo(Duration.ofMinutes(15)) < 0 ? bound : Duration.ofMinutes(15);
  }
}
