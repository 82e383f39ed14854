package dev.stipend.api.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/// How long an alert is to be silent.
///
/// @param until when it is told again if it still holds
@Schema(
    example =
        """
        {"until":"2026-12-24T18:00:00Z"}
        """)
public record SnoozeBody(Instant until) {}
