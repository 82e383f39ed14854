package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prices to add. LiteLLM's file of model prices does as well.
///
/// @param currency the workspace's
/// @param prices each added if it says something new
@Schema(
    example =
        """
        {"currency":"USD","prices":[{"provider":"openai","model":"gpt-4o",
        "perMillion":{"input":"2.50","output":"10.00"}}]}
        """)
public record PricesBody(@Nullable String currency, List<PriceBody> prices) {}
