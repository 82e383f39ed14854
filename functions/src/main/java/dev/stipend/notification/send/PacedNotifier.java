package dev.stipend.notification.send;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.delivery.EarlierMessages;
import dev.stipend.notification.message.AlertDigest;
import java.time.Duration;

/// Port: sends messages to a kind of channel that people read. It is not written to faster than
/// they can bear, and queued messages are combined.
public interface PacedNotifier extends Notifier {
  /// The least time between two messages to one channel.
  Duration pace();

  /// Sends one message that lists many notices, under the terms of {@link #send(Channel,
  /// AlertSnapshot)}.
  SendOutcome send(Channel channel, AlertDigest digest);

  /// Sends a notice of which people have read something before, under the terms of {@link
  /// #send(Channel, AlertSnapshot)}.
  default SendOutcome send(Channel channel, AlertSnapshot snapshot, EarlierMessages earlier) {
    return send(channel, snapshot);
  }

  /// Adds to a message what may as well be missing, such as a picture, once it is written down that
  /// it was sent: a crash here repeats nothing.
  ///
  /// @param messageId the provider's name for it
  default void complete(Channel channel, AlertSnapshot snapshot, String messageId) {}
}
