package dev.stipend.notification.delivery;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Attempts the deliveries that a batch of queue messages names, each failing alone, and none
/// waiting for another's provider.
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
  /// @param clock asked before each attempt
  public Collection<String> deliver(Map<String, String> bodies, InstantSource clock) {
    Map<String, String> fields = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    Map<String, Future<?>> attempts = new LinkedHashMap<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      bodies.forEach(
          (id, body) ->
              attempts.put(
                  id,
                  workers.submit(
                      () -> {
                        MDC.setContextMap(fields);
                        deliverer.deliver(DeliveryKey.ofJson(body), clock.instant());
                      })));
    }
    List<String> failed = new ArrayList<>();
    attempts.forEach(
        (id, attempt) -> {
          try {
            attempt.get();
          } catch (ExecutionException failure) {
            LOG.error("Alert message {} is not dealt with", id, failure.getCause());
            failed.add(id);
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failed.add(id);
          }
        });
    return failed;
  }
}
