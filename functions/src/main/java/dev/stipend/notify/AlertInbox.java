package dev.stipend.notify;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Attempts the deliveries that a batch of queue messages names, each failing alone.
@Singleton
public class AlertInbox {
  private static final Logger LOG = LoggerFactory.getLogger(AlertInbox.class);

  private final Deliverer deliverer;

  AlertInbox(Deliverer deliverer) {
    this.deliverer = deliverer;
  }

  /// Answers the ids of the messages to be tried again: those that are none, and those whose
  /// delivery could not be claimed or marked. What a provider answers is not among them: it is
  /// written down, and has its own time for the next attempt.
  ///
  /// @param bodies messages by their id
  /// @param clock asked before each attempt, because sending takes time
  public Collection<String> deliver(Map<String, String> bodies, InstantSource clock) {
    List<String> failed = new ArrayList<>();
    bodies.forEach(
        (id, body) -> {
          try {
            deliverer.deliver(DeliveryKey.ofJson(body), clock.instant());
          } catch (RuntimeException failure) {
            LOG.error("Alert message {} is not dealt with", id, failure);
            failed.add(id);
          }
        });
    return failed;
  }
}
