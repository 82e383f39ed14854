package dev.stipend.notification.send;

import dev.stipend.notification.delivery.DeliveryKey;
import java.time.Duration;
import java.util.Optional;

/// What a worker may do with a channel now.
public sealed interface SendPermit {
  /// Send this.
  ///
  /// @param next a delivery that is due too and waits for the next turn, after the channel's pace
  record Mine(OutboundMessage message, Optional<DeliveryKey> next) implements SendPermit {}

  /// The channel rests: have somebody look again.
  record Later(Duration after) implements SendPermit {}

  /// Nothing: there is nothing to send, or somebody else will look.
  record None() implements SendPermit {}
}
