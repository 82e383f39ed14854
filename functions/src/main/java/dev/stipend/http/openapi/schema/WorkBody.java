package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Work that is to be done.
///
/// @param tags labels, which budgets may count by
/// @param estimatedCost what it will cost at most; else tokens and a model are needed
/// @param cachedInputTokens a part of `inputTokens`
/// @param maxOutputTokens how many tokens may be generated
/// @param minOutputTokens with how many of them the work still makes sense, where not all can be
///     had
@Schema(
    example =
        """
        {"agentId":"researcher","provider":"openai","model":"gpt-4o","estimatedCost":"0.80"}
        """)
public record WorkBody(
    @Nullable String userId,
    @Nullable String agentId,
    @Nullable String workflowId,
    @Nullable String teamId,
    @Nullable String provider,
    @Nullable String model,
    @Nullable Map<String, String> tags,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal estimatedCost,
    @Nullable Long inputTokens,
    @Nullable Long cachedInputTokens,
    @Nullable Long maxOutputTokens,
    @Nullable Long minOutputTokens) {}
