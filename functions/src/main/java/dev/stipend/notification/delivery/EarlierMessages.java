package dev.stipend.notification.delivery;

import java.util.Optional;

/// What a channel was sent before about the same counter and period, by the provider's names for
/// the messages.
///
/// @param original the message that raised this very alert and nothing else
/// @param first the first message of all
public record EarlierMessages(Optional<String> original, Optional<String> first) {
  /// Nothing.
  public static final EarlierMessages NONE =
      new EarlierMessages(Optional.empty(), Optional.empty());
}
