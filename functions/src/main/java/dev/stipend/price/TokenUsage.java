package dev.stipend.price;

/// Tokens of one request.
///
/// @param input all input tokens, the cached ones included
/// @param cachedInput those of them that were read from the provider's cache
/// @param output tokens generated
public record TokenUsage(long input, long cachedInput, long output) {
  /// The most tokens of one kind in one event; more is a mistake of its sender.
  public static final long MOST = 100_000_000_000L;

  public static final TokenUsage NONE = new TokenUsage(0, 0, 0);

  /// @throws IllegalArgumentException if a count is negative or above {@link #MOST}, or more is
  ///     cached than went in
  public TokenUsage {
    if (Math.min(input, Math.min(cachedInput, output)) < 0 || Math.max(input, output) > MOST) {
      throw new IllegalArgumentException("token counts are from 0 to " + MOST);
    }
    if (cachedInput > input) {
      throw new IllegalArgumentException("cached input tokens are part of the input tokens");
    }
  }
}
