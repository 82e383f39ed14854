package dev.stipend.ingest.price;

import java.util.OptionalLong;

/// What few requests have beside their ordinary tokens, and what else decides their rate.
///
/// @param cacheWrite1h those of the written tokens that are kept for an hour
/// @param cachedAudioInput those of the audio input that were read from the cache; empty if nobody
///     told how audio and cached tokens overlap
/// @param imageInput those of the input that were images
/// @param cachedImageInput those of the images that were read from the cache; empty if nobody told
/// @param imageOutput those of the output that were images
/// @param serviceTier how the request was served, see {@link ServiceTier}; empty for the ordinary
///     way
public record UsageDetails(
    long cacheWrite1h,
    OptionalLong cachedAudioInput,
    long imageInput,
    OptionalLong cachedImageInput,
    long imageOutput,
    String serviceTier) {
  public static final UsageDetails NONE =
      new UsageDetails(0, OptionalLong.empty(), 0, OptionalLong.empty(), 0, "");

  /// @throws IllegalArgumentException if a count is negative
  public UsageDetails {
    boolean isNegative =
        cacheWrite1h < 0
            || imageInput < 0
            || imageOutput < 0
            || cachedAudioInput.orElse(0) < 0
            || cachedImageInput.orElse(0) < 0;
    if (isNegative) {
      throw new IllegalArgumentException("token counts are from 0 to " + TokenUsage.MOST);
    }
  }

  UsageDetails served(String tier) {
    return new UsageDetails(
        cacheWrite1h, cachedAudioInput, imageInput, cachedImageInput, imageOutput, tier);
  }

  UsageDetails withoutOutput() {
    return new UsageDetails(
        cacheWrite1h, cachedAudioInput, imageInput, cachedImageInput, 0, serviceTier);
  }

  /// @throws IllegalArgumentException if the parts exceed what they are parts of
  void requireFit(long input, long cachedInput, long cacheWrite, long audioInput) {
    if (cacheWrite1h > cacheWrite) {
      throw new IllegalArgumentException(
          "tokens written for an hour are part of the cache write tokens");
    }
    long cachedAudio = cachedAudioInput.orElse(0);
    long cachedImage = cachedImageInput.orElse(0);
    if (cachedAudio > audioInput
        || cachedImage > imageInput
        || cachedAudio + cachedImage > cachedInput) {
      throw new IllegalArgumentException(
          "cached audio and image tokens are part of the cached, and of the audio and image"
              + " tokens");
    }
    long text = input - audioInput - imageInput;
    long most = text + cachedAudioInput.orElse(audioInput) + cachedImageInput.orElse(imageInput);
    if (cachedInput > most) {
      throw new IllegalArgumentException(
          "more tokens are cached than there are text tokens and cached audio and image tokens");
    }
  }
}
