package dev.stipend.notify;

import dev.stipend.sql.AfterCommit;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Sends an alert's messages again because somebody asks for it, whatever silence there is.
@Singleton
public class Resending {
  private final QuietDeliveries deliveries;
  private final DeliveryQueue queue;

  Resending(QuietDeliveries deliveries, DeliveryQueue queue) {
    this.deliveries = deliveries;
    this.queue = queue;
  }

  /// Has everything that was sent or has failed sent again, with the words it had. Answers how many
  /// messages that are.
  ///
  /// @param later what is to be done once this is committed
  @Transactional
  public int again(UUID workspace, UUID alert, Instant now, AfterCommit later) {
    List<DeliveryKey> keys = deliveries.resend(workspace, alert, now);
    if (!keys.isEmpty()) {
      later.add(() -> queue.send(keys, Duration.ZERO));
    }
    return keys.size();
  }
}
