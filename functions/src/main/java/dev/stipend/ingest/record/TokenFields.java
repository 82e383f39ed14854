package dev.stipend.ingest.record;

import dev.stipend.ingest.price.ServiceTier;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.ingest.price.UsageDetails;
import dev.stipend.platform.json.JsonFields;
import java.util.OptionalLong;

/// Reads the tokens of an event, and how its request was served.
public final class TokenFields {
  private static final int LONGEST_TIER = 40;

  private final JsonFields fields;

  private TokenFields(JsonFields fields) {
    this.fields = fields;
  }

  /// Reads them. Each kind is a part of its whole, and what exceeds it is noted as an error.
  public static TokenUsage read(JsonFields fields) {
    return new TokenFields(fields).tokens();
  }

  private TokenUsage tokens() {
    long input = count("inputTokens");
    long cached = count("cachedInputTokens");
    long written = count("cacheWriteTokens");
    long writtenForAnHour = count("cacheWrite1hTokens");
    long audio = count("audioInputTokens");
    OptionalLong cachedAudio = told("cachedAudioInputTokens");
    long image = count("imageInputTokens");
    OptionalLong cachedImage = told("cachedImageInputTokens");
    long output = count("outputTokens");
    long reasoning = count("reasoningTokens");
    long audioOutput = count("audioOutputTokens");
    long imageOutput = count("imageOutputTokens");
    String tier =
        fields.text("serviceTier", LONGEST_TIER).map(ServiceTier::of).orElse(ServiceTier.STANDARD);
    boolean inputFits =
        part(cached, "cachedInputTokens", input, "inputTokens")
            && part(cached + written, "cacheWriteTokens", input, "inputTokens")
            && part(audio, "audioInputTokens", input, "inputTokens")
            && part(audio + image, "imageInputTokens", input, "inputTokens")
            && part(writtenForAnHour, "cacheWrite1hTokens", written, "cacheWriteTokens")
            && overlapsFit(input, cached, audio, cachedAudio, image, cachedImage);
    boolean outputFits =
        part(reasoning, "reasoningTokens", output, "outputTokens")
            && part(reasoning + audioOutput, "audioOutputTokens", output, "outputTokens")
            && part(
                reasoning + audioOutput + imageOutput, "imageOutputTokens", output, "outputTokens");
    return inputFits && outputFits
        ? new TokenUsage(
            input,
            cached,
            written,
            audio,
            output,
            reasoning,
            audioOutput,
            new UsageDetails(writtenForAnHour, cachedAudio, image, cachedImage, imageOutput, tier))
        : TokenUsage.NONE;
  }

  /// Cached audio and images are parts of both; the other cached tokens are text.
  private boolean overlapsFit(
      long input,
      long cached,
      long audio,
      OptionalLong cachedAudio,
      long image,
      OptionalLong cachedImage) {
    if (!part(cachedAudio.orElse(0), "cachedAudioInputTokens", audio, "audioInputTokens")
        || !part(cachedImage.orElse(0), "cachedImageInputTokens", image, "imageInputTokens")
        || !part(
            cachedAudio.orElse(0) + cachedImage.orElse(0),
            "cachedAudioInputTokens",
            cached,
            "cachedInputTokens")) {
      return false;
    }
    long newAudio = audio - cachedAudio.orElse(audio);
    long newImages = image - cachedImage.orElse(image);
    if (cached > input - newAudio - newImages) {
      fields.error(
          "cachedInputTokens",
          "must not exceed the text tokens and the cached audio and image tokens together");
      return false;
    }
    return true;
  }

  private long count(String name) {
    return told(name).orElse(0);
  }

  private OptionalLong told(String name) {
    return fields
        .whole(name, 0, TokenUsage.MOST)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /// The kinds that are priced apart are parts of the whole.
  ///
  /// @param parts of this kind and of those before it
  private boolean part(long parts, String name, long whole, String wholeName) {
    if (parts > whole) {
      fields.error(name, "must not exceed " + wholeName + ", which include them");
    }
    return parts <= whole;
  }
}
