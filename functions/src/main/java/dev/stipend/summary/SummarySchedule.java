package dev.stipend.summary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A wish for summaries.
///
/// @param channels where they go; empty means the workspace's default channels
/// @param nextAt when the next one is written
/// @param lastAt when the last one was, if there was any
/// @param createdBy who wished for it
public record SummarySchedule(
    UUID workspaceId,
    UUID id,
    SummaryTimes times,
    List<UUID> channels,
    Instant nextAt,
    Optional<Instant> lastAt,
    String createdBy,
    Instant createdAt) {
  public SummarySchedule {
    channels = List.copyOf(channels);
  }
}
