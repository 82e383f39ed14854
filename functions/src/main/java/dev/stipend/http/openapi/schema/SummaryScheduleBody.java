package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schedule of summaries to make.
///
/// @param every how often, and how long a time each tells of
/// @param weekday on which weekly ones come; Monday if nothing is said
/// @param hour at which they come, local; 9 if nothing is said
/// @param timeZone IANA zone of the hour and of the days; the workspace's if nothing is said
/// @param channels where they go, by id or name; the workspace's default channels if nothing is
///     said
@Schema(example = "{\"every\":\"weekly\",\"weekday\":\"monday\",\"hour\":9}")
public record SummaryScheduleBody(
    @Schema(
            type = "string",
            allowableValues = {"daily", "weekly"})
        String every,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {
              "monday",
              "tuesday",
              "wednesday",
              "thursday",
              "friday",
              "saturday",
              "sunday"
            })
        String weekday,
    @Nullable @Schema(minimum = "0", maximum = "23") Integer hour,
    @Nullable String timeZone,
    @Nullable List<String> channels) {}
