package dev.stipend.migrate;

import java.time.Duration;

/// Waits.
final class Pause {
  private Pause() {}

  static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoppedException(Outcome.FAILED, "The run was interrupted while it waited.");
    }
  }
}
