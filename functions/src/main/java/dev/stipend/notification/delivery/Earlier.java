package dev.stipend.notification.delivery;

import java.util.Optional;

/// What a channel was sent before about the same counter and period, by the provider's names for
/// the messages.
///
/// @param original the message that raised this very alert and nothing else
/// @param first the first message of all
public record Earlier(Optional<String> original, Optional<String> first) {
  /// Nothing.
  public static final Earlier NONE = new Earlier(Optional.empty(), Optional.empty());
}
