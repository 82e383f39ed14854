package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A channel to make.
///
/// @param kind how it reaches people
/// @param name for people
/// @param config recipients and names of secrets, never secrets; from the environment if absent
/// @param minSeverity alerts below this are not told here
/// @param isDefault whether it is told of the alerts of budgets that name no channel
/// @param isFallback whether it is told what other channels could not be; takes the place of the
///     workspace's fallback until now
@Schema(
    example =
        """
        {"kind":"email","name":"Finance","config":{"to":"finance@example.com"}}
        """)
public record ChannelBody(
    @Schema(
            type = "string",
            allowableValues = {"slack_webhook", "slack_bot", "email", "webhook"})
        String kind,
    String name,
    @Nullable Map<String, String> config,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"info", "warning", "critical"})
        String minSeverity,
    @Nullable Boolean isDefault,
    @Nullable Boolean isFallback) {}
