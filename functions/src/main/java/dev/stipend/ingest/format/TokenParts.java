package dev.stipend.ingest.format;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the parts of tokens fit their whole. Conventions say that cached, cache write, audio and
/// image tokens are part of the input and that reasoning, audio and image tokens are part of the
/// output; senders disagree, and an event must not be lost for that:
///
/// - Cached and written tokens that were told apart from the input are added to it, and reasoning
///   that was told apart from the output to that, see {@link TokenEvidence}.
/// - Audio and images may have been cached as well. How many of them, is left open where it was not
///   told, or where what was told cannot be.
final class TokenParts {
  private static final String INPUT = "inputTokens";
  private static final String CACHED = "cachedInputTokens";
  private static final String WRITTEN = "cacheWriteTokens";
  private static final String WRITTEN_1H = "cacheWrite1hTokens";
  private static final String AUDIO = "audioInputTokens";
  private static final String CACHED_AUDIO = "cachedAudioInputTokens";
  private static final String IMAGE = "imageInputTokens";
  private static final String CACHED_IMAGE = "cachedImageInputTokens";
  private static final String OUTPUT = "outputTokens";
  private static final String REASONING = "reasoningTokens";
  private static final String AUDIO_OUTPUT = "audioOutputTokens";
  private static final String IMAGE_OUTPUT = "imageOutputTokens";

  private static final List<String> FIELDS =
      List.of(
          INPUT,
          CACHED,
          WRITTEN,
          WRITTEN_1H,
          AUDIO,
          CACHED_AUDIO,
          IMAGE,
          CACHED_IMAGE,
          OUTPUT,
          REASONING,
          AUDIO_OUTPUT,
          IMAGE_OUTPUT);

  private static final BigDecimal MOST = BigDecimal.valueOf(100_000_000_000L);

  private final Map<String, @Nullable Object> event;
  private final TokenEvidence evidence;

  private TokenParts(Map<String, @Nullable Object> event, TokenEvidence evidence) {
    this.event = event;
    this.evidence = evidence;
  }

  /// Corrects the counts of an event; leaves all as they are if one is no count, for the reader of
  /// native events to refuse.
  ///
  /// @return whether all are counts
  static boolean fit(Map<String, @Nullable Object> event, TokenEvidence evidence) {
    if (FIELDS.stream().map(event::get).anyMatch(TokenParts::isNoCount)) {
      return false;
    }
    TokenParts parts = new TokenParts(event, evidence);
    parts.complete();
    parts.input();
    parts.output();
    return true;
  }

  static boolean isNoCount(@Nullable Object value) {
    return value != null
        && !(value instanceof BigDecimal number
            && number.signum() >= 0
            && number.compareTo(MOST) <= 0
            && number.stripTrailingZeros().scale() <= 0);
  }

  /// What follows from the rest, where it was not told.
  private void complete() {
    long written = Math.max(count(WRITTEN), evidence.cacheWrite5m() + count(WRITTEN_1H));
    set(WRITTEN, written);
    if (event.get(INPUT) == null) {
      if (evidence.freshInput().isPresent()) {
        set(INPUT, evidence.freshInput().getAsLong() + count(CACHED) + written);
      } else if (evidence.total().isPresent()) {
        set(INPUT, Math.max(0, evidence.total().getAsLong() - count(OUTPUT)));
      }
    } else if (event.get(OUTPUT) == null
        && evidence.total().isPresent()
        && count(CACHED) + written == 0) {
      set(OUTPUT, Math.max(0, evidence.total().getAsLong() - count(INPUT)));
    }
  }

  private void input() {
    long cached = count(CACHED);
    long written = count(WRITTEN);
    long input = count(INPUT);
    if (evidence.isApart(input, cached + written, count(OUTPUT), count(REASONING))) {
      input += cached + written;
    }
    long audio = Math.min(count(AUDIO), input);
    long image = Math.min(count(IMAGE), input - audio);
    OptionalLong cachedImage =
        image == 0 ? OptionalLong.empty() : told(CACHED_IMAGE, image, cached);
    OptionalLong cachedAudio =
        audio == 0
            ? OptionalLong.empty()
            : cachedAudio(audio, image, cached - cachedImage.orElse(0), cachedImage);
    long mayBeCached =
        input - audio - image + cachedAudio.orElse(audio) + cachedImage.orElse(image);
    boolean fits = cached <= mayBeCached;
    set(INPUT, input);
    set(CACHED, cached);
    set(WRITTEN, written);
    set(WRITTEN_1H, Math.min(count(WRITTEN_1H), written));
    set(AUDIO, audio);
    set(CACHED_AUDIO, fits ? cachedAudio : OptionalLong.empty());
    set(IMAGE, image);
    set(CACHED_IMAGE, fits ? cachedImage : OptionalLong.empty());
  }

  private OptionalLong cachedAudio(long audio, long image, long cached, OptionalLong cachedImage) {
    OptionalLong told = told(CACHED_AUDIO, audio, cached);
    if (told.isPresent()
        || evidence.cachedText().isEmpty()
        || (image > 0 && cachedImage.isEmpty())) {
      return told;
    }
    long rest = Math.max(0, cached - evidence.cachedText().getAsLong());
    return OptionalLong.of(Math.min(rest, audio));
  }

  private void output() {
    long reasoning = count(REASONING);
    long output = count(OUTPUT);
    long input = count(INPUT);
    boolean apart =
        reasoning > output
            || (evidence.isTotal(input + output + reasoning) && !evidence.isTotal(input + output));
    output = apart ? output + reasoning : output;
    long audio = Math.min(count(AUDIO_OUTPUT), output - reasoning);
    set(OUTPUT, output);
    set(REASONING, reasoning);
    set(AUDIO_OUTPUT, audio);
    set(IMAGE_OUTPUT, Math.min(count(IMAGE_OUTPUT), output - reasoning - audio));
  }

  private OptionalLong told(String field, long most, long others) {
    return event.get(field) == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(count(field), Math.min(most, others)));
  }

  private long count(String field) {
    return event.get(field) instanceof BigDecimal number ? number.longValue() : 0;
  }

  private void set(String field, long count) {
    set(field, count == 0 ? OptionalLong.empty() : OptionalLong.of(count));
  }

  private void set(String field, OptionalLong count) {
    if (count.isEmpty()) {
      event.remove(field);
    } else {
      event.put(field, BigDecimal.valueOf(count.getAsLong()));
    }
  }
}
