package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the work used: cost, or tokens. Where it says nothing of who and what, the reservation
/// does.
///
/// @param eventId tells it from all others; the reservation's own if nothing is said
/// @param occurredAt in which period it counts; now if nothing is said
/// @param kind `usage`, or nothing: a refund is reported as usage of kind `adjustment`
/// @param corrects of no use here
/// @param inputTokens all of them; the kinds below are parts of these
/// @param outputTokens all of them; the kinds below are parts of these
/// @param cost a number or a text; from tokens and prices if nothing is said
/// @param currency the workspace's, for those who want it checked
/// @param tags labels, which budgets may count by
@Schema(
    example =
        """
        {"cost":"0.64"}
        """)
public record SettlementBody(
    @Nullable String eventId,
    @Nullable Instant occurredAt,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"usage"})
        String kind,
    @Nullable String corrects,
    @Nullable String userId,
    @Nullable String agentId,
    @Nullable String workflowId,
    @Nullable String teamId,
    @Nullable String provider,
    @Nullable String model,
    @Nullable Long inputTokens,
    @Nullable Long cachedInputTokens,
    @Nullable Long cacheWriteTokens,
    @Nullable Long audioInputTokens,
    @Nullable Long outputTokens,
    @Nullable Long reasoningTokens,
    @Nullable Long audioOutputTokens,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal cost,
    @Nullable String currency,
    @Nullable Map<String, String> tags) {}
