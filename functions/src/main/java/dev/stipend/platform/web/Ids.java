package dev.stipend.platform.web;

import java.util.Optional;
import java.util.UUID;

/// Reads ids from paths.
public final class Ids {
  private Ids() {}

  /// The id; empty for a text that is none, because nothing has it.
  public static Optional<UUID> parse(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }
}
