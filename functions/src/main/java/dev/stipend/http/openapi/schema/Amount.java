package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;

/// An amount in an answer: a decimal as text, so that no reader rounds it.
@Schema(
    type = "string",
    format = "decimal",
    example = "12.50",
    description = "A decimal as text, in the currency of the workspace")
public record Amount() {}
