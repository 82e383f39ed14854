package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Amounts for a million tokens, each a number or a text. A kind that is left out costs what
/// `input` or `output` does.
public record PerMillionBody(
    @Schema(type = "string", format = "decimal") BigDecimal input,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal cachedInput,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal cacheWrite,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal audioInput,
    @Schema(type = "string", format = "decimal") BigDecimal output,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal reasoning,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal audioOutput) {}
