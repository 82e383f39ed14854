package dev.stipend.migration.database;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import java.time.Duration;

/// Waits.
public final class Pause {
  private Pause() {}

  public static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoppedException(RunOutcome.FAILED, "The run was interrupted while it waited.");
    }
  }
}
