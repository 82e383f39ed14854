package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An edit of a budget. What is absent stays.
///
/// @param name for people
/// @param limitAmount what may be spent in a period; a number or a text
/// @param hardLimit whether requests beyond the limit are denied
/// @param alertAt percents of the limit, or a single one
/// @param thresholds lines with more to each; instead of `alertAt`
/// @param channels whom to tell, by id or name
/// @param onFailure what a hard limit does when the database does not answer
/// @param status whether it counts and alerts
/// @param endsAt end of a period `total`; null takes it away
@Schema(
    example =
        """
        {"limitAmount":"300.00"}
        """)
public record BudgetPatchBody(
    @Nullable String name,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal limitAmount,
    @Nullable Boolean hardLimit,
    @Nullable List<BigDecimal> alertAt,
    @Nullable List<ThresholdBody> thresholds,
    @Nullable List<String> channels,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"open", "closed"})
        String onFailure,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"active", "paused"})
        String status,
    @Nullable Instant endsAt) {}
