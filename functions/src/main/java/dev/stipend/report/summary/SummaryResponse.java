package dev.stipend.report.summary;

import dev.stipend.platform.json.Labels;
import io.micronaut.serde.annotation.Serdeable;
import java.time.DayOfWeek;
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
/// @param error why none can be written now; absent where one can be
@Serdeable
public record SummaryResponse(
    UUID id,
    String every,
    Optional<String> weekday,
    int hour,
    String timeZone,
    List<UUID> channels,
    Instant nextAt,
    Optional<Instant> lastAt,
    String createdBy,
    Instant createdAt,
    Optional<String> error) {
  public static SummaryResponse of(SummarySchedule schedule) {
    return new SummaryResponse(
        schedule.id(),
        schedule.every(),
        schedule.every().equals(Labels.of(SummaryFrequency.WEEKLY))
            ? Optional.of(Labels.of(DayOfWeek.of(schedule.weekday())))
            : Optional.empty(),
        schedule.hour(),
        schedule.timeZone(),
        schedule.channels(),
        schedule.nextAt(),
        schedule.lastAt(),
        schedule.createdBy(),
        schedule.createdAt(),
        schedule.error());
  }
}
