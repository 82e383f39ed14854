package dev.stipend.ingest.format;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a sender tells beside the counts themselves, and what shows how they are meant.
///
/// @param total all tokens of the request
/// @param freshInput the input without what was read from or written to the cache
/// @param cachedText those of the cached tokens that were text
/// @param cacheWrite5m those of the written tokens that are kept for five minutes
/// @param inputIsApart whether the sender is known to count cached and written tokens apart from
///     the input
record TokenEvidence(
    OptionalLong total,
    OptionalLong freshInput,
    OptionalLong cachedText,
    long cacheWrite5m,
    boolean inputIsApart) {
  static final String TOTAL = "totalTokens";
  static final String FRESH_INPUT = "freshInputTokens";
  static final String CACHED_TEXT = "cachedTextTokens";
  static final String CACHE_WRITE_5M = "cacheWrite5mTokens";

  static final TokenEvidence NONE =
      new TokenEvidence(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 0, false);

  /// Takes it out of what a sender told.
  static TokenEvidence takenFrom(Map<String, @Nullable Object> told, boolean inputIsApart) {
    return new TokenEvidence(
        take(told, TOTAL),
        take(told, FRESH_INPUT),
        take(told, CACHED_TEXT),
        take(told, CACHE_WRITE_5M).orElse(0),
        inputIsApart);
  }

  private static OptionalLong take(Map<String, @Nullable Object> told, String name) {
    Object value = told.remove(name);
    return value instanceof BigDecimal number && !TokenParts.isNoCount(number)
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /// Whether the tokens of a request follow from it alone.
  boolean tellsAny() {
    return total.isPresent() || freshInput.isPresent();
  }

  /// Whether cached and written tokens were told apart from the input.
  ///
  /// @param parts how many were cached and written
  boolean isApart(long input, long parts, long output, long reasoning) {
    if (parts == 0) {
      return false;
    }
    if (parts > input) {
      return true;
    }
    if (freshInput.isPresent()) {
      long fresh = freshInput.getAsLong();
      if (fresh + parts == input) {
        return false;
      }
      if (fresh == input) {
        return true;
      }
    }
    // Some count reasoning apart from the output, too.
    for (long generated : new long[] {output, output + reasoning}) {
      if (isTotal(input + generated)) {
        return false;
      }
      if (isTotal(input + parts + generated)) {
        return true;
      }
    }
    return inputIsApart;
  }

  boolean isTotal(long sum) {
    return total.isPresent() && total.getAsLong() == sum;
  }
}
