package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.ingest.price.UsageDetails;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The ledger's column `details`: what few events have. A JSON object of the event's own fields,
/// with `assumed` for what its price took to be what costs most, `unknown` for attributes of usage
/// that nobody here understands, and `rounded` where its cost was; NULL where there is nothing.
final class DetailsColumn {
  private static final String CACHE_WRITE_1H = "cacheWrite1hTokens";
  private static final String CACHED_AUDIO_INPUT = "cachedAudioInputTokens";
  private static final String IMAGE_INPUT = "imageInputTokens";
  private static final String CACHED_IMAGE_INPUT = "cachedImageInputTokens";
  private static final String IMAGE_OUTPUT = "imageOutputTokens";
  private static final String SERVICE_TIER = "serviceTier";
  private static final String ASSUMED = "assumed";
  private static final int LONGEST = 200;

  private DetailsColumn() {}

  /// What is to be written; empty if there is nothing.
  ///
  /// @param assumed names of fields
  static Map<String, Object> of(UsageDetails details, List<String> assumed, EventOrigin origin) {
    if (details.equals(UsageDetails.NONE)
        && assumed.isEmpty()
        && origin.unknown().isEmpty()
        && !origin.rounded()) {
      return Map.of();
    }
    Map<String, Object> column = new LinkedHashMap<>();
    putPositive(column, CACHE_WRITE_1H, details.cacheWrite1h());
    details.cachedAudioInput().ifPresent(count -> column.put(CACHED_AUDIO_INPUT, count));
    putPositive(column, IMAGE_INPUT, details.imageInput());
    details.cachedImageInput().ifPresent(count -> column.put(CACHED_IMAGE_INPUT, count));
    putPositive(column, IMAGE_OUTPUT, details.imageOutput());
    if (!details.serviceTier().isEmpty()) {
      column.put(SERVICE_TIER, details.serviceTier());
    }
    if (!assumed.isEmpty()) {
      column.put(ASSUMED, assumed);
    }
    if (!origin.unknown().isEmpty()) {
      column.put("unknown", origin.unknown());
    }
    if (origin.rounded()) {
      column.put("rounded", true);
    }
    return column;
  }

  private static void putPositive(Map<String, Object> column, String name, long count) {
    if (count > 0) {
      column.put(name, count);
    }
  }

  static UsageDetails read(@Nullable String column) {
    if (column == null) {
      return UsageDetails.NONE;
    }
    JsonFields fields = JsonFields.of(ExactJson.parse(column));
    UsageDetails details =
        new UsageDetails(
            count(fields, CACHE_WRITE_1H).orElse(0),
            count(fields, CACHED_AUDIO_INPUT),
            count(fields, IMAGE_INPUT).orElse(0),
            count(fields, CACHED_IMAGE_INPUT),
            count(fields, IMAGE_OUTPUT).orElse(0),
            fields.text(SERVICE_TIER, LONGEST).orElse(""));
    fields.check();
    return details;
  }

  private static OptionalLong count(JsonFields fields, String name) {
    return fields
        .whole(name, 0, TokenUsage.MOST)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }
}
