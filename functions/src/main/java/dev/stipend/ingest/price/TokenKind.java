package dev.stipend.ingest.price;

import java.util.Locale;

/// A kind of token that may have its own price. The counts of all kinds are disjoint: together they
/// are a request's input and output.
public enum TokenKind {
  /// Input that is of no other kind.
  INPUT("input"),
  CACHED_INPUT("cachedInput"),
  CACHE_WRITE("cacheWrite"),
  AUDIO_INPUT("audioInput"),
  /// Output that is of no other kind.
  OUTPUT("output"),
  REASONING("reasoning"),
  AUDIO_OUTPUT("audioOutput");

  private final String label;

  TokenKind(String label) {
    this.label = label;
  }

  /// Its name in JSON.
  public String label() {
    return label;
  }

  /// How many of the tokens are of this kind.
  public long count(TokenUsage tokens) {
    return switch (this) {
      case INPUT ->
          tokens.input() - tokens.cachedInput() - tokens.cacheWrite() - tokens.audioInput();
      case CACHED_INPUT -> tokens.cachedInput();
      case CACHE_WRITE -> tokens.cacheWrite();
      case AUDIO_INPUT -> tokens.audioInput();
      case OUTPUT -> tokens.output() - tokens.reasoning() - tokens.audioOutput();
      case REASONING -> tokens.reasoning();
      case AUDIO_OUTPUT -> tokens.audioOutput();
    };
  }

  /// Whether every model has a price of this kind.
  public boolean isRequired() {
    return fallback() == this;
  }

  /// The kind whose price holds for this one where this one has none: itself, if it must have one.
  TokenKind fallback() {
    return switch (this) {
      case INPUT, CACHED_INPUT, CACHE_WRITE, AUDIO_INPUT -> INPUT;
      case OUTPUT, REASONING, AUDIO_OUTPUT -> OUTPUT;
    };
  }

  /// The column of its price.
  String column() {
    return name().toLowerCase(Locale.ROOT) + "_per_million";
  }
}
