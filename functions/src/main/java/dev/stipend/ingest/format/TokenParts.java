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
/// - Audio and images may have been cached as well; they are parts of the same input, whose overlap
///   is told or not. What exceeds its whole is left out.
final class TokenParts {
  private static final List<String> FIELDS =
      List.of(
          "inputTokens",
          "cachedInputTokens",
          "cacheWriteTokens",
          "cacheWrite1hTokens",
          "audioInputTokens",
          "cachedAudioInputTokens",
          "imageInputTokens",
          "cachedImageInputTokens",
          "outputTokens",
          "reasoningTokens",
          "audioOutputTokens",
          "imageOutputTokens");

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
    set(event, "cacheWrite1hTokens", Math.min(count(event, "cacheWrite1hTokens"), written));
    long audio = Math.min(count(event, "audioInputTokens"), input);
    set(event, "audioInputTokens", audio);
    long image = Math.min(count(event, "imageInputTokens"), input - audio);
    set(event, "imageInputTokens", image);
    long cachedAudio = overlap(event, "cachedAudioInputTokens", Math.min(audio, cached));
    overlap(event, "cachedImageInputTokens", Math.min(image, cached - cachedAudio));
    set(event, "outputTokens", output);
    set(event, "reasoningTokens", reasoning);
    long spoken = Math.min(count(event, "audioOutputTokens"), output - reasoning);
    set(event, "audioOutputTokens", spoken);
    set(
        event,
        "imageOutputTokens",
        Math.min(count(event, "imageOutputTokens"), output - reasoning - spoken));
  }

  /// How many of the cached tokens are of a modality: nothing may have been told of it, which is
  /// not the same as 0.
  private static long overlap(Map<String, @Nullable Object> event, String field, long most) {
    if (event.get(field) == null || most == 0) {
      event.remove(field);
      return 0;
    }
    long told = Math.min(count(event, field), most);
    event.put(field, BigDecimal.valueOf(told));
    return told;
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
