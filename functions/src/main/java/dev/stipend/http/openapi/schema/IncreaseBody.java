package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A limit that is raised for a time.
///
/// @param amount what is added to the limit; a number or a text
/// @param limitAmount what replaces it; either this or `amount`
/// @param subject whose limit alone is raised, of a budget that counts each id apart; that of all
///     if nothing is said
/// @param until when the increase ends; a date such as `2026-12-04` means through its end, in the
///     budget's zone; the end of the current period if nothing is said
/// @param reason why, for the audit log
@Schema(
    example =
        """
        {"amount":"50.00","until":"2026-12-24T18:00:00Z","reason":"Year-end reports"}
        """)
public record IncreaseBody(
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal amount,
    @Nullable @Schema(type = "string", format = "decimal") BigDecimal limitAmount,
    @Nullable String subject,
    @Nullable String until,
    String reason) {}
