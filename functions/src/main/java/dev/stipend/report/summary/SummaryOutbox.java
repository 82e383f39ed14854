package dev.stipend.report.summary;

import dev.stipend.alert.AlertSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Port: takes summaries to where people read them.
public interface SummaryOutbox {
  /// Stores a summary's deliveries, in the caller's transaction; what is there already stays.
  ///
  /// @param id of the summary: the same whoever writes it
  /// @param channels where it goes; empty means the workspace's default channels
  /// @return what to do once that transaction has committed; it is safe to lose
  Runnable stage(UUID workspace, UUID id, List<UUID> channels, AlertSnapshot snapshot, Instant now);
}
