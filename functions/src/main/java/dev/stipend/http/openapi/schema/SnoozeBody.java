package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;

/// How long an alert is to be silent.
///
/// @param until when it is told again if it still holds; a date such as `2026-12-04` means through
///     its end, in the budget's zone
@Schema(
    example =
        """
        {"until":"2026-12-24T18:00:00Z"}
        """)
public record SnoozeBody(String until) {}
