package dev.stipend.cli;

import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.notification.delivery.DeliveryQueue;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// The alerts queue of a command that has no queue URL: deliveries are in the database, and
/// the next sweep queues what is due.
@Singleton
@Requires(env = StipendCommand.ENVIRONMENT)
@Requires(missingProperty = "alerts.queue.url")
@Replaces(DeliveryQueue.class)
final class SweptDeliveries implements DeliveryQueue {
  @Override
  public void send(List<DeliveryKey> deliveries, Duration delay) {
    // Nothing is lost: see above.
  }
}
