package dev.stipend.notification.delivery;

import java.time.Duration;
import java.util.List;

/// Port: the alerts queue.
public interface DeliveryQueue {
  /// The longest delay that a message may have.
  Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /// Has the deliveries attempted, after a delay.
  ///
  /// @param delay from none to {@link #LONGEST_DELAY}
  void send(List<DeliveryKey> deliveries, Duration delay);
}
