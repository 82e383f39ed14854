package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A silence to make. It needs at least one of scope, scopeId, budgetId and channelId.
///
/// @param scope alerts of budgets of this scope; with `workspace`, all alerts of the workspace
/// @param scopeId alerts of budgets of this id
/// @param budgetId alerts of this budget
/// @param channelId what would be told here; the id or the name of a channel
/// @param from when it begins; a date means its start; now if nothing is said
/// @param until when it ends; a date such as `2026-12-04` means through its end, in the zone of the
///     budget, else of the workspace
/// @param reason why, for those who miss alerts
@Schema(
    example =
        """
        {"scope":"agent","scopeId":"researcher","until":"2026-12-24T18:00:00Z","reason":"Load test"}
        """)
public record SilenceBody(
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {
              "workspace",
              "user",
              "team",
              "agent",
              "workflow",
              "provider",
              "model",
              "tag"
            })
        String scope,
    @Nullable String scopeId,
    @Nullable UUID budgetId,
    @Nullable String channelId,
    @Nullable String from,
    String until,
    String reason) {}
