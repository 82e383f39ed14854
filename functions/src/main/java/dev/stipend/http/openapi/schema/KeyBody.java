package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A key to make.
///
/// @param name for people
/// @param role what it may do
/// @param userId the user whom it belongs to
@Schema(
    example =
        """
        {"name":"Research agents","role":"ingest"}
        """)
public record KeyBody(
    String name,
    @Schema(
            type = "string",
            allowableValues = {"admin", "ingest", "read"})
        String role,
    @Nullable String userId) {}
