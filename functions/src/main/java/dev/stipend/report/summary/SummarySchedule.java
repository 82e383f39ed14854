package dev.stipend.report.summary;

import dev.stipend.platform.json.Labels;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A wish for summaries, as it is stored.
///
/// @param every the label of an {@link SummaryFrequency}
/// @param weekday of weekly ones, Monday is 1
/// @param channels where they go; empty means the workspace's default channels
/// @param nextAt when the next one is written
/// @param lastAt when the last one was, if there was any
/// @param createdBy who wished for it
public record SummarySchedule(
    UUID workspaceId,
    UUID id,
    String every,
    int weekday,
    int hour,
    String timeZone,
    List<UUID> channels,
    Instant nextAt,
    Optional<Instant> lastAt,
    String createdBy,
    Instant createdAt) {
  public SummarySchedule {
    channels = List.copyOf(channels);
  }

  /// When its summaries are written.
  ///
  /// @throws DateTimeException if the JDK does not know its time zone
  /// @throws IllegalArgumentException if this release does not know how often it asks for one
  public SummaryTimes times() {
    return new SummaryTimes(
        Labels.parse(SummaryFrequency.class, every),
        DayOfWeek.of(weekday),
        hour,
        ZoneId.of(timeZone));
  }

  /// Why this release cannot write its summaries; empty if it can.
  public Optional<String> error() {
    try {
      SummaryTimes _ = times();
      return Optional.empty();
    } catch (DateTimeException | IllegalArgumentException unknown) {
      return Optional.of(String.valueOf(unknown.getMessage()));
    }
  }
}
