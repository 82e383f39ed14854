package dev.stipend.ingest.price;

import java.util.stream.LongStream;

/// Tokens of one request. The kinds that are priced apart are parts of the input or of the output,
/// never added to them; a kind that the sender left out is 0.
///
/// @param input all input tokens
/// @param cachedInput those of the input that were read from the provider's cache
/// @param cacheWrite those of the input that were written to the provider's cache
/// @param audioInput those of the input that were audio
/// @param output all tokens generated
/// @param reasoning those of the output that the model thought and did not say
/// @param audioOutput those of the output that were audio
/// @param details the rarer parts, and how the request was served
public record TokenUsage(
    long input,
    long cachedInput,
    long cacheWrite,
    long audioInput,
    long output,
    long reasoning,
    long audioOutput,
    UsageDetails details) {
  /// The most tokens of one kind in one event; more is a mistake of its sender.
  public static final long MOST = 100_000_000_000L;

  public static final TokenUsage NONE = of(0, 0, 0);

  /// @throws IllegalArgumentException if a count is negative or above {@link #MOST}, or the parts
  ///     exceed the whole
  public TokenUsage {
    boolean inBounds =
        LongStream.of(input, cachedInput, cacheWrite, audioInput, output, reasoning, audioOutput)
            .allMatch(count -> count >= 0 && count <= MOST);
    if (!inBounds) {
      throw new IllegalArgumentException("token counts are from 0 to " + MOST);
    }
    if (cachedInput + cacheWrite > input || audioInput + details.imageInput() > input) {
      throw new IllegalArgumentException(
          "cached and written, audio and image input tokens are part of the input tokens");
    }
    if (reasoning + audioOutput + details.imageOutput() > output) {
      throw new IllegalArgumentException(
          "reasoning, audio and image output tokens are part of the output tokens");
    }
    details.requireFit(input, cachedInput, cacheWrite, audioInput);
  }

  /// Tokens of a request of which no more is known.
  public TokenUsage(
      long input,
      long cachedInput,
      long cacheWrite,
      long audioInput,
      long output,
      long reasoning,
      long audioOutput) {
    this(
        input,
        cachedInput,
        cacheWrite,
        audioInput,
        output,
        reasoning,
        audioOutput,
        UsageDetails.NONE);
  }

  /// The same with another output, none of it of a rarer kind.
  public TokenUsage withOutput(long tokens) {
    return new TokenUsage(
        input, cachedInput, cacheWrite, audioInput, tokens, 0, 0, details.withoutOutput());
  }

  /// Tokens without the rarer kinds.
  public static TokenUsage of(long input, long cachedInput, long output) {
    return new TokenUsage(input, cachedInput, 0, 0, output, 0, 0);
  }

  /// The same tokens of a request that was served in some way, see {@link ServiceTier}.
  public TokenUsage served(String tier) {
    return new TokenUsage(
        input,
        cachedInput,
        cacheWrite,
        audioInput,
        output,
        reasoning,
        audioOutput,
        details.served(tier));
  }

  /// Whether there are no tokens.
  public boolean isNone() {
    return input == 0 && output == 0;
  }
}
