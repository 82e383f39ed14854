package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How long a hold is to last.
///
/// @param ttlSeconds from now on, 300 if nothing is said
@Schema(example = "{\"ttlSeconds\":600}")
public record ExtensionBody(
    @Nullable @Schema(minimum = "1", maximum = "86400") Integer ttlSeconds) {}
