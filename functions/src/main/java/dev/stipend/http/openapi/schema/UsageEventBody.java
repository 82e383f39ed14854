package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent used at one time.
///
/// @param eventId tells it from all others; the same id again is a duplicate and counts once
/// @param occurredAt in which period it counts; at most 35 days ago
/// @param kind `adjustment` for a correction or refund, whose cost may be negative
/// @param corrects the event that an adjustment corrects. A key of role `ingest` lowers spend by no
///     more than that event cost, less what was taken back before, where it counted
/// @param inputTokens all of them; the kinds below are parts of these
/// @param outputTokens all of them; the kinds below are parts of these
/// @param cost a number or a text; from tokens and prices if nothing is said
/// @param currency the workspace's, for those who want it checked
/// @param tags labels, which budgets may count by
public record UsageEventBody(
    String eventId,
    Instant occurredAt,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"usage", "adjustment"})
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
