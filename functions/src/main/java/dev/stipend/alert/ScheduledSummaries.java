package dev.stipend.alert;

import java.time.Instant;
import java.util.Optional;

/// Port: writes summaries that somebody has scheduled.
public interface ScheduledSummaries {
  /// Writes the summary that is due longest, if one is, and is not set aside. Answers what to do
  /// once that has committed.
  ///
  /// @throws dev.stipend.platform.isolation.WorkFailedException if that one cannot be written
  Optional<Runnable> writeNext(Instant now);
}
