package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line that raises an alert when it is reached.
///
/// @param percent of the limit; for `unusual`, of what an hour usually costs, and at least 300; for
///     `stale`, of how long nothing is usually recorded at this time of the week, and at least 100
/// @param kind what reaches it: `actual` spend, the `forecast` for the end of the period, the last
///     complete hour if it is `unusual`, or a silence that makes the data `stale`
/// @param severity of its alert; follows from the percent if nothing is said
/// @param channels whom to tell, by id or name; the budget's if nothing is said
/// @param remindEveryHours after how many hours to tell it again while it is open, at most ten
///     times; never if nothing is said
public record ThresholdBody(
    BigDecimal percent,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"actual", "forecast", "unusual", "stale"})
        String kind,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"info", "warning", "critical"})
        String severity,
    @Nullable List<String> channels,
    @Nullable @Schema(minimum = "1", maximum = "168") Integer remindEveryHours) {}
