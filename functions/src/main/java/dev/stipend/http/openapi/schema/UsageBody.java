package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// Usage to record: at most 1,000 events. A list of events, or one event, does as well; and each
/// may be a CloudEvent, a LiteLLM StandardLoggingPayload or OTLP/JSON traces.
///
/// @param events each recorded or rejected by itself
@Schema(
    example =
        """
        {"events":[{"eventId":"call-7f3a","occurredAt":"2026-11-01T09:30:00Z","userId":"ada",
        "agentId":"researcher","provider":"openai","model":"gpt-4o","inputTokens":1200,
        "outputTokens":350,"tags":{"project":"atlas"}}]}
        """)
public record UsageBody(List<UsageEventBody> events) {}
