package dev.stipend.local;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Waits for what happens in its own time, long enough for a machine that has much else to do.
public final class Patience {
  private static final Duration LONG = Duration.ofMinutes(1);

  private Patience() {}

  /// Waits until a condition holds, and fails if it never does.
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LONG);
  }
}
