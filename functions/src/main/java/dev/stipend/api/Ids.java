package dev.stipend.api;

import java.util.Optional;
import java.util.UUID;

/// Reads ids from paths.
final class Ids {
  private Ids() {}

  /// The id; empty for a text that is none, because nothing has it.
  static Optional<UUID> parse(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }
}
