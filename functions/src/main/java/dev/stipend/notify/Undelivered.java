package dev.stipend.notify;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Severity;
import dev.stipend.json.JsonText;
import dev.stipend.json.Labels;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells another channel what one could not be told, and that it fails.
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

  /// Stages a warning about a channel, in the caller's transaction. Answers what is to be sent.
  ///
  /// @param claim what it could not be told
  /// @param reason why not
  Optional<DeliveryKey> stage(Channel failing, Claim claim, String reason, Instant now) {
    Optional<Channel> standIn = channels.standIn(failing);
    if (standIn.isEmpty()) {
      LOG.error("Nobody can be told that channel {} fails: no other channel works", failing.id());
      return Optional.empty();
    }
    DeliveryKey key =
        new DeliveryKey(
            failing.workspaceId(), claim.key().alertId(), standIn.get().id(), Purpose.UNDELIVERED);
    AlertSnapshot undelivered = json.read(claim.payload(), SNAPSHOT);
    AlertSnapshot.Alert alert = undelivered.alert();
    AlertSnapshot warning =
        undelivered.as(
            "%s.undelivered.%s".formatted(alert.id(), failing.id()),
            AlertText.undelivered(undelivered),
            new AlertSnapshot.Alert(
                alert.id(),
                alert.type(),
                alert.threshold(),
                Labels.of(Severity.WARNING),
                "channel \"%s\" fails: %s".formatted(failing.name(), reason)));
    deliveries.insertUndelivered(key, json.write(warning), now);
    return Optional.of(key);
  }
}
