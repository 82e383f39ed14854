package dev.stipend.alert;

import java.time.Instant;
import java.util.Optional;

/// Port: writes summaries that somebody has scheduled.
public interface ScheduledSummaries {
  /// Writes the summary that is due longest, if one is. Answers what to do once that has committed.
  Optional<Runnable> writeNext(Instant now);
}
