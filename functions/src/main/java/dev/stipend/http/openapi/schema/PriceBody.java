package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A price of the workspace's own.
///
/// @param provider `*` together with model `*` for the ceiling of models that nobody knows
/// @param model as the provider names it
/// @param aliases other names of the model
/// @param effectiveFrom from when it holds; if nothing is said, the first price of a model holds
///     from the earliest event that waits for it, and any other from now on
/// @param perMillion amounts for a million tokens of each kind
/// @param source where the figures are from
/// @param quotedOn the day on which they stood there
@Schema(
    example =
        """
        {"provider":"openai","model":"gpt-4o","perMillion":{"input":"2.50","output":"10.00"}}
        """)
public record PriceBody(
    String provider,
    String model,
    @Nullable List<String> aliases,
    @Nullable Instant effectiveFrom,
    PerMillionBody perMillion,
    @Nullable String source,
    @Nullable LocalDate quotedOn) {}
