package dev.stipend.ingest.format.bedrock;

import dev.stipend.platform.json.ExactJson;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an answer tells of itself: the body of a response as it was logged, or all parts of a
/// stream. Nothing else of it is kept.
///
/// @param told numbers of tokens by the names that Converse has for them, with {@link #WRITE_5M}
///     and {@link #WRITE_1H}, as they were sent
/// @param model which model answered; empty where that is not told
/// @param serviceTier how it was served; empty where that is not told
public record AnswerUsage(Map<String, Object> told, String model, String serviceTier) {
  public static final String INPUT = "inputTokens";
  public static final String OUTPUT = "outputTokens";
  public static final String READ = "cacheReadInputTokens";
  public static final String WRITTEN = "cacheWriteInputTokens";

  /// Of the written tokens those that are kept for five minutes.
  public static final String WRITE_5M = "cacheWrite5mTokens";

  /// Of the written tokens those that are kept for an hour.
  public static final String WRITE_1H = "cacheWrite1hTokens";

  /// Names of the same in Anthropic's messages, and in the figures that Bedrock adds to a stream.
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry(INPUT, INPUT),
          Map.entry(OUTPUT, OUTPUT),
          Map.entry(READ, READ),
          Map.entry(WRITTEN, WRITTEN),
          Map.entry("input_tokens", INPUT),
          Map.entry("output_tokens", OUTPUT),
          Map.entry("cache_read_input_tokens", READ),
          Map.entry("cache_creation_input_tokens", WRITTEN),
          Map.entry("inputTokenCount", INPUT),
          Map.entry("outputTokenCount", OUTPUT),
          Map.entry("cacheReadInputTokenCount", READ),
          Map.entry("cacheWriteInputTokenCount", WRITTEN));

  /// Reads `outputBodyJson`. Of a stream the later part counts: the first one only guesses.
  public static AnswerUsage of(@Nullable Object body) {
    Reader reader = new Reader();
    if (body instanceof List<?> parts) {
      parts.forEach(reader::part);
    } else {
      reader.part(body);
    }
    return new AnswerUsage(Map.copyOf(reader.told), reader.model, reader.serviceTier);
  }

  private static final class Reader {
    final Map<String, Object> told = new HashMap<>();
    String model = "";
    String serviceTier = "";

    void part(@Nullable Object body) {
      if (!(body instanceof Map<?, ?> part)) {
        return;
      }
      model(part.get("model"));
      model(ExactJson.at(part, "trace.promptRouter.invokedModelId"));
      tier(ExactJson.at(part, "serviceTier.type"));
      usage(part.get("usage"));
      usage(part.get("amazon-bedrock-invocationMetrics"));
      // Where streams have it: Anthropic's first part, and Converse's last.
      for (String name : List.of("message", "metadata")) {
        if (part.get(name) instanceof Map<?, ?> inner) {
          part(inner);
        }
      }
    }

    private void usage(@Nullable Object sent) {
      if (!(sent instanceof Map<?, ?> usage)) {
        return;
      }
      NAMES.forEach(name -> put(name.getValue(), usage.get(name.getKey())));
      put(WRITE_5M, ExactJson.at(usage, "cache_creation.ephemeral_5m_input_tokens"));
      put(WRITE_1H, ExactJson.at(usage, "cache_creation.ephemeral_1h_input_tokens"));
      if (usage.get("cacheDetails") instanceof List<?> details) {
        put(WRITE_5M, written(details, "5m"));
        put(WRITE_1H, written(details, "1h"));
      }
      tier(usage.get("service_tier"));
    }

    private static @Nullable Object written(List<?> details, String ttl) {
      return details.stream()
          .filter(each -> each instanceof Map<?, ?> detail && ttl.equals(detail.get("ttl")))
          .map(each -> ExactJson.at(each, INPUT))
          .filter(BigDecimal.class::isInstance)
          .map(BigDecimal.class::cast)
          .filter(count -> count.precision() - count.scale() <= 12 && count.scale() <= 12)
          .reduce(BigDecimal::add)
          .orElse(null);
    }

    private void put(String field, @Nullable Object value) {
      if (value != null) {
        told.put(field, value);
      }
    }

    private void model(@Nullable Object value) {
      if (value instanceof String text && !text.isBlank()) {
        model = text;
      }
    }

    private void tier(@Nullable Object value) {
      if (value instanceof String text && !text.isBlank()) {
        serviceTier = text;
      }
    }
  }
}
