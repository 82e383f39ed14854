package dev.stipend.api;

import dev.stipend.json.Labels;
import dev.stipend.summary.Every;
import dev.stipend.summary.SummarySchedule;
import dev.stipend.summary.SummaryTimes;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A schedule of summaries as the API shows it.
///
/// @param weekday of weekly ones
/// @param hour local, from 0 to 23
/// @param channels where they go; empty for the workspace's default channels
/// @param nextAt when the next one is written
/// @param lastAt when the last one was
@Serdeable
record SummaryResponse(
    UUID id,
    String every,
    Optional<String> weekday,
    int hour,
    String timeZone,
    List<UUID> channels,
    Instant nextAt,
    Optional<Instant> lastAt,
    String createdBy,
    Instant createdAt) {
  static SummaryResponse of(SummarySchedule schedule) {
    SummaryTimes times = schedule.times();
    return new SummaryResponse(
        schedule.id(),
        Labels.of(times.every()),
        times.every() == Every.WEEKLY ? Optional.of(Labels.of(times.weekday())) : Optional.empty(),
        times.hour(),
        times.zone().getId(),
        schedule.channels(),
        schedule.nextAt(),
        schedule.lastAt(),
        schedule.createdBy(),
        schedule.createdAt());
  }
}
