package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Unpriced events, and the model that they were of.
///
/// @param provider as the list of unpriced usage names it; may be empty
/// @param model as the list of unpriced usage names it; may be empty
/// @param from only events from this time on
/// @param until only events before this time
/// @param userId only events of this user
/// @param agentId only events of this agent
/// @param workflowId only events of this workflow
/// @param teamId only events of this team
/// @param toProvider who sold the model; `provider` if nothing is said
/// @param toModel the model; `*` with `toProvider` `*` for the ceiling as the price
@Schema(
    example =
        """
        {"provider":"openai","model":"","toModel":"gpt-4o"}
        """)
public record AssignmentBody(
    String provider,
    String model,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String userId,
    @Nullable String agentId,
    @Nullable String workflowId,
    @Nullable String teamId,
    @Nullable String toProvider,
    String toModel) {}
