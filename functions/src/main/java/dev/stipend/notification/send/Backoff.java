package dev.stipend.notification.send;

import dev.stipend.notification.delivery.DeliveryQueue;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before a delivery is tried again.
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 8;

  private Backoff() {}

  /// Doubles from five seconds to the queue's longest delay; a random half of it spreads workers
  /// that failed together.
  public static Duration after(int attempt, RandomGenerator random) {
    Duration full = FIRST.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    Duration bounded =
        full.compareTo(DeliveryQueue.LONGEST_DELAY) < 0 ? full : DeliveryQueue.LONGEST_DELAY;
    long half = bounded.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }
}
