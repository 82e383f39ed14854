package dev.stipend.notification.send;

import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.notification.delivery.DeliveryLease;
import dev.stipend.notification.delivery.EarlierMessages;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What one message is to carry, and a worker may send until its lease ends.
///
/// @param channel where it goes
/// @param digest identity of the message if it is a digest; else there is one claim
/// @param claims the deliveries, in the order in which to show them
/// @param earlier what people have read before
public record OutboundMessage(
    Channel channel, Optional<UUID> digest, List<DeliveryLease> claims, EarlierMessages earlier) {
  public OutboundMessage {
    claims = List.copyOf(claims);
  }

  List<DeliveryKey> keys() {
    return claims.stream().map(DeliveryLease::key).toList();
  }
}
