package dev.stipend.ingest.price;

import java.util.Locale;

/// A kind of token that may have its own price. How many of a request's tokens are of each kind,
/// {@link TokenCost} says.
public enum TokenKind {
  /// Input that is of no other kind.
  INPUT("input"),
  CACHED_INPUT("cachedInput"),
  CACHE_WRITE("cacheWrite"),
  AUDIO_INPUT("audioInput"),
  /// Output that is of no other kind.
  OUTPUT("output"),
  REASONING("reasoning"),
  AUDIO_OUTPUT("audioOutput"),
  /// Input that was written to the provider's cache for an hour.
  CACHE_WRITE_1H("cacheWrite1h"),
  /// Audio that was read from the provider's cache.
  CACHED_AUDIO_INPUT("cachedAudioInput"),
  IMAGE_INPUT("imageInput"),
  /// Images that were read from the provider's cache.
  CACHED_IMAGE_INPUT("cachedImageInput"),
  IMAGE_OUTPUT("imageOutput");

  private final String label;

  TokenKind(String label) {
    this.label = label;
  }

  /// Its name in JSON.
  public String label() {
    return label;
  }

  /// Whether every model has a price of this kind.
  public boolean isRequired() {
    return fallback() == this;
  }

  /// The kind whose price holds for this one where this one has none: itself, if it must have one.
  TokenKind fallback() {
    return switch (this) {
      case INPUT, CACHED_INPUT, CACHE_WRITE, AUDIO_INPUT, IMAGE_INPUT -> INPUT;
      case CACHE_WRITE_1H -> CACHE_WRITE;
      case CACHED_AUDIO_INPUT, CACHED_IMAGE_INPUT -> CACHED_INPUT;
      case OUTPUT, REASONING, AUDIO_OUTPUT, IMAGE_OUTPUT -> OUTPUT;
    };
  }

  /// Whether its price has a column of its own; the rarer kinds share one.
  boolean hasColumn() {
    return switch (this) {
      case INPUT, CACHED_INPUT, CACHE_WRITE, AUDIO_INPUT, OUTPUT, REASONING, AUDIO_OUTPUT -> true;
      case CACHE_WRITE_1H, CACHED_AUDIO_INPUT, IMAGE_INPUT, CACHED_IMAGE_INPUT, IMAGE_OUTPUT ->
          false;
    };
  }

  /// The column of its price.
  String column() {
    return name().toLowerCase(Locale.ROOT) + "_per_million";
  }
}
