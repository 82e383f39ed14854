package dev.stipend.usecase;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.delivery.DeliveriesAttempted;
import dev.stipend.notification.delivery.DeliveriesAttempted.Outcome;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.notification.delivery.DeliveryLease;
import dev.stipend.notification.delivery.DeliveryLeases;
import dev.stipend.notification.delivery.DeliveryOutcomes;
import dev.stipend.notification.delivery.DeliveryQueue;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.send.Backoff;
import dev.stipend.notification.send.ChannelRateLimiter;
import dev.stipend.notification.send.Notifier;
import dev.stipend.notification.send.OutboundMessage;
import dev.stipend.notification.send.PacedNotifier;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.SendPermit;
import dev.stipend.notification.send.Senders;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.metrics.LogField;
import dev.stipend.platform.sql.Contention;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Attempts deliveries: claim, send, mark. Only claiming and marking touch the database, each in a
/// transaction of its own.
@Singleton
public class DeliverAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverAlerts.class);
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);
  private static final Argument<AlertSnapshot> SNAPSHOT = Argument.of(AlertSnapshot.class);

  private final DeliveryLeases claims;
  private final ChannelRateLimiter turns;
  private final Senders senders;
  private final DeliveryOutcomes results;
  private final DeliveryQueue queue;
  private final JsonText json;
  private final RandomGenerator random;
  private final ApplicationEventPublisher<DeliveriesAttempted> attempted;

  /// As many ask the database at a time as there are connections: who waits for one here is not
  /// told that there is none.
  private final Semaphore connections;

  DeliverAlerts(
      DeliveryLeases claims,
      ChannelRateLimiter turns,
      Senders senders,
      DeliveryOutcomes results,
      DeliveryQueue queue,
      JsonText json,
      RandomGenerator random,
      ApplicationEventPublisher<DeliveriesAttempted> attempted,
      @Value("${datasources.default.maximum-pool-size}") int connections) {
    this.claims = claims;
    this.turns = turns;
    this.senders = senders;
    this.results = results;
    this.queue = queue;
    this.json = json;
    this.random = random;
    this.attempted = attempted;
    this.connections = new Semaphore(connections, true);
  }

  /// Attempts the deliveries that a batch of queue messages names, each failing alone, and none
  /// waiting for another's provider. Answers the ids of the messages to be tried again: those that
  /// are none, and those whose delivery could not be claimed or marked. What a provider answers is
  /// not among them: it is written down, and has its own time for the next attempt.
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
                        deliver(DeliveryKey.ofJson(body), clock.instant());
                      })));
    }
    List<String> failed = new ArrayList<>();
    attempts.forEach(
        (id, attempt) -> {
          try {
            attempt.get();
          } catch (ExecutionException failure) {
            LOG.error("Alert message {} failed and will be retried", id, failure.getCause());
            failed.add(id);
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failed.add(id);
          }
        });
    return failed;
  }

  /// Attempts what is due at the channel of a delivery: on channels with a pace what matters most,
  /// on others this delivery. Does nothing if nothing is due, or it is in another worker's hands.
  public void deliver(DeliveryKey key, Instant now) {
    try (MDC.MDCCloseable _ = LogField.WORKSPACE.of(key.workspaceId());
        MDC.MDCCloseable _ = LogField.CHANNEL.of(key.channelId())) {
      asking(() -> claims.channelToServe(key, now)).ifPresent(found -> serve(found, key, now));
    }
  }

  /// Asks the database in a transaction of its own. Workers may wait for each other, such as two
  /// whose channels stand in for one another: who is ended for that asks again.
  private <T> T asking(Supplier<T> question) {
    connections.acquireUninterruptibly();
    try {
      return Contention.retried(question);
    } finally {
      connections.release();
    }
  }

  private void serve(Channel channel, DeliveryKey key, Instant now) {
    Optional<Duration> pace = senders.pace(channel.kind());
    if (pace.isEmpty()) {
      asking(() -> claims.claim(channel, key, now)).ifPresent(message -> attempt(message, now));
      return;
    }
    switch (asking(() -> turns.take(channel, pace.get(), now))) {
      case SendPermit.Mine mine -> {
        mine.next().ifPresent(next -> enqueueNext(next, pace.get()));
        attempt(mine.message(), now);
      }
      case SendPermit.Later later -> queue.send(List.of(key), later.after());
      case SendPermit.None none -> {}
    }
  }

  /// Before sending, which takes its time. If it is lost, the sweep finds what waits.
  private void enqueueNext(DeliveryKey next, Duration pace) {
    try {
      queue.send(List.of(next), pace);
    } catch (RuntimeException lost) {
      LOG.warn("Delivery {} could not be queued; the sweep will queue it", next, lost);
    }
  }

  private void attempt(OutboundMessage message, Instant now) {
    switch (senders.send(message.channel(), notifier -> send(notifier, message))) {
      case SendOutcome.Sent sent -> {
        enqueue(asking(() -> results.sent(message, sent.providerMessageId(), now)));
        tell(Outcome.SENT, message.claims().size());
        sent.providerMessageId().ifPresent(id -> complete(message, id));
      }
      case SendOutcome.Failed failed -> {
        enqueue(asking(() -> results.failed(message, failed.reason(), now)));
        tell(Outcome.FAILED, message.claims().size());
      }
      case SendOutcome.Declined declined ->
          enqueue(asking(() -> results.declined(message, declined.reason(), now)));
      case SendOutcome.Retry retry -> {
        retry(message, retry, now);
        int old =
            (int)
                message.claims().stream()
                    .filter(claim -> DeliveryOutcomes.isOld(claim, now))
                    .count();
        tell(Outcome.FAILED, old);
        tell(Outcome.RETRIED, message.claims().size() - old);
      }
    }
  }

  private void tell(Outcome outcome, int notices) {
    if (notices > 0) {
      attempted.publishEvent(new DeliveriesAttempted(outcome, notices));
    }
  }

  private void complete(OutboundMessage message, String messageId) {
    if (message.digest().isEmpty()) {
      senders.complete(message.channel(), snapshots(message).getFirst(), messageId);
    }
  }

  private List<AlertSnapshot> snapshots(OutboundMessage message) {
    return message.claims().stream().map(claim -> json.read(claim.payload(), SNAPSHOT)).toList();
  }

  private SendOutcome send(Notifier notifier, OutboundMessage message) {
    List<AlertSnapshot> snapshots = snapshots(message);
    if (!(notifier instanceof PacedNotifier paced)) {
      return notifier.send(message.channel(), snapshots.getFirst());
    }
    Optional<UUID> digest = message.digest();
    return digest.isPresent()
        ? paced.send(message.channel(), new AlertDigest(digest.get() + ".digest", snapshots))
        : paced.send(message.channel(), snapshots.getFirst(), message.earlier());
  }

  private void retry(OutboundMessage message, SendOutcome.Retry retry, Instant now) {
    DeliveryLease first = message.claims().getFirst();
    Duration wait = wait(first.attempt(), retry.after());
    try (MDC.MDCCloseable _ = LogField.ALERT.of(first.key().alertId())) {
      LOG.warn("Delivery {} will be retried in {}: {}", first.key(), wait, retry.reason());
    }
    enqueue(
        asking(
            () ->
                results.retry(
                    message, retry.reason(), now.plus(wait), retry.after().isPresent(), now)));
    // One message is enough for a digest: it is one turn.
    message.claims().stream()
        .filter(claim -> !DeliveryOutcomes.isOld(claim, now))
        .findFirst()
        .ifPresent(
            claim -> queue.send(List.of(claim.key()), shorter(wait, DeliveryQueue.LONGEST_DELAY)));
  }

  private void enqueue(List<DeliveryKey> staged) {
    if (!staged.isEmpty()) {
      queue.send(staged, Duration.ZERO);
    }
  }

  /// The provider's wish goes before our own schedule, as long as it is not longer than we try at
  /// all.
  private Duration wait(int attempt, Optional<Duration> asked) {
    return asked
        .map(wish -> shorter(wish, LONGEST_WAIT))
        .orElseGet(() -> Backoff.after(attempt, random));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
