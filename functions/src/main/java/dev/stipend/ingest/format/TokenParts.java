package dev.stipend.ingest.format;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the parts of tokens fit their whole. Conventions say that cached, cache write and audio
/// tokens are part of the input and that reasoning and audio tokens are part of the output; senders
/// disagree, and an event must not be lost for that:
///
/// - Cached and written tokens that exceed the input, and reasoning that exceeds the output, were
///   told apart from it: they are added.
/// - Audio tokens may have been cached as well, and are counted once: what does not fit beside the
///   other parts is left out.
final class TokenParts {
  private static final List<String> FIELDS =
      List.of(
          "inputTokens",
          "cachedInputTokens",
          "cacheWriteTokens",
          "audioInputTokens",
          "outputTokens",
          "reasoningTokens",
          "audioOutputTokens");

  private static final BigDecimal MOST = BigDecimal.valueOf(100_000_000_000L);

  private TokenParts() {}

  /// Corrects the counts of an event; leaves all as they are if one is no count, for the reader of
  /// native events to refuse.
  static void fit(Map<String, @Nullable Object> event) {
    if (FIELDS.stream().map(event::get).anyMatch(TokenParts::isNoCount)) {
      return;
    }
    long cached = count(event, "cachedInputTokens");
    long written = count(event, "cacheWriteTokens");
    long input = count(event, "inputTokens");
    input = cached + written > input ? input + cached + written : input;
    long reasoning = count(event, "reasoningTokens");
    long output = count(event, "outputTokens");
    output = reasoning > output ? output + reasoning : output;
    set(event, "inputTokens", input);
    set(event, "cachedInputTokens", cached);
    set(event, "cacheWriteTokens", written);
    set(
        event,
        "audioInputTokens",
        Math.min(count(event, "audioInputTokens"), input - cached - written));
    set(event, "outputTokens", output);
    set(event, "reasoningTokens", reasoning);
    set(
        event,
        "audioOutputTokens",
        Math.min(count(event, "audioOutputTokens"), output - reasoning));
  }

  private static boolean isNoCount(@Nullable Object value) {
    return value != null
        && !(value instanceof BigDecimal number
            && number.signum() >= 0
            && number.compareTo(MOST) <= 0
            && number.stripTrailingZeros().scale() <= 0);
  }

  private static long count(Map<String, @Nullable Object> event, String field) {
    return event.get(field) instanceof BigDecimal number ? number.longValue() : 0;
  }

  private static void set(Map<String, @Nullable Object> event, String field, long count) {
    if (count == 0) {
      event.remove(field);
    } else {
      event.put(field, BigDecimal.valueOf(count));
    }
  }
}
