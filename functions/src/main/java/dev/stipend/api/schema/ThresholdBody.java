package dev.stipend.api.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A line that raises an alert when spend reaches it.
///
/// @param percent of the limit
/// @param kind what is compared with it
/// @param severity of its alert; follows from the percent if nothing is said
/// @param channels whom to tell; the budget's if nothing is said
public record ThresholdBody(
    BigDecimal percent,
    @Nullable @Schema(type = "string", allowableValues = "actual") String kind,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"info", "warning", "critical"})
        String severity,
    @Nullable List<UUID> channels) {}
