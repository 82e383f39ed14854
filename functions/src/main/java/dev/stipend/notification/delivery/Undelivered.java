package dev.stipend.notification.delivery;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.Channels;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.platform.json.JsonText;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has another channel sent what one could not be sent: everything, and once why it fails.
@Singleton
class Undelivered {
  private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);
  private static final Argument<AlertSnapshot> SNAPSHOT = Argument.of(AlertSnapshot.class);

  private final Channels channels;
  private final Deliveries deliveries;
  private final JsonText json;

  Undelivered(Channels channels, Deliveries deliveries, JsonText json) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.json = json;
  }

  /// Stages what a channel could not be sent for the channel that stands in for it, in the caller's
  /// transaction. Answers what is to be sent.
  ///
  /// @param claims what it could not be sent
  /// @param cause why not
  /// @param isNews whether the channel was thought to work until now; only then people are notified
  ///     why it fails
  List<DeliveryKey> stage(
      Channel failing, List<DeliveryLease> claims, String cause, boolean isNews, Instant now) {
    Optional<Channel> standIn = channels.standIn(failing);
    if (standIn.isEmpty()) {
      LOG.error("Channel {} fails, and no fallback channel works", failing.id());
      return List.of();
    }
    List<Deliveries.Staged> staged = new ArrayList<>();
    for (DeliveryLease claim : claims) {
      if (!isNews && claim.key().purpose() == Purpose.CHANGED) {
        // Nothing in it is for people.
        continue;
      }
      boolean isFirst = isNews && staged.isEmpty();
      AlertSnapshot notice = json.read(claim.payload(), SNAPSHOT);
      AlertSnapshot elsewhere =
          notice.elsewhere(
              "%s.undelivered.%s".formatted(notice.id(), failing.id()),
              AlertMessage.undelivered(notice),
              new AlertSnapshot.Undelivered(failing.name(), isFirst ? cause : null));
      staged.add(
          new Deliveries.Staged(
              new DeliveryKey(
                  failing.workspaceId(),
                  claim.key().alertId(),
                  standIn.get().id(),
                  Purpose.UNDELIVERED),
              json.write(elsewhere),
              Optional.empty()));
    }
    // One alert may be among them twice, raised and recovered: the last word counts.
    Map<DeliveryKey, Deliveries.Staged> byKey = new LinkedHashMap<>();
    staged.forEach(one -> byKey.put(one.key(), one));
    deliveries.insertUndelivered(List.copyOf(byKey.values()), now);
    return List.copyOf(byKey.keySet());
  }
}
