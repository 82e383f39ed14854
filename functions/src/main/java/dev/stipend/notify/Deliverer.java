package dev.stipend.notify;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.json.JsonText;
import dev.stipend.notify.Deliveries.Mark;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Attempts deliveries: claim, send, mark. Only claiming and marking touch the database, each in a
/// transaction of its own.
@Singleton
public class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
  private static final Duration LONGEST_TRY = Duration.ofHours(24);
  private static final Argument<AlertSnapshot> SNAPSHOT = Argument.of(AlertSnapshot.class);

  private final Deliveries deliveries;
  private final DeliveryQueue queue;
  private final JsonText json;
  private final RandomGenerator random;
  private final Map<ChannelKind, Notifier> notifiers = new EnumMap<>(ChannelKind.class);

  Deliverer(
      Deliveries deliveries,
      DeliveryQueue queue,
      List<Notifier> notifiers,
      JsonText json,
      RandomGenerator random) {
    this.deliveries = deliveries;
    this.queue = queue;
    this.json = json;
    this.random = random;
    notifiers.forEach(notifier -> this.notifiers.put(notifier.kind(), notifier));
  }

  /// Attempts one delivery. Does nothing if it is finished, not due, or in another worker's hands.
  public void deliver(DeliveryKey key, Instant now) {
    deliveries.claim(key, now).ifPresent(claim -> attempt(claim, now));
  }

  private void attempt(Claim claim, Instant now) {
    switch (send(claim)) {
      case SendOutcome.Sent sent ->
          deliveries.mark(
              claim,
              new Mark(DeliveryStatus.SENT, now, now, sent.providerMessageId().orElse(null), null));
      case SendOutcome.Failed failed -> fail(claim, failed.reason(), now);
      case SendOutcome.Retry retry when claim.createdAt().plus(LONGEST_TRY).isBefore(now) ->
          fail(claim, "not delivered within 24 hours: " + retry.reason(), now);
      case SendOutcome.Retry retry -> retry(claim, retry, now);
    }
  }

  private SendOutcome send(Claim claim) {
    Notifier notifier = notifiers.get(claim.channel().kind());
    if (notifier == null) {
      return new SendOutcome.Failed("there is no sender for channels of this kind");
    }
    AlertSnapshot snapshot = json.read(claim.payload(), SNAPSHOT);
    try {
      return notifier.send(claim.channel(), snapshot);
    } catch (RuntimeException unexpected) {
      // Such as a secret that cannot be fetched now. The message of a stranger's exception may hold
      // one, so only its kind is told.
      return new SendOutcome.Retry(
          "unexpected " + unexpected.getClass().getSimpleName(), Optional.empty());
    }
  }

  private void fail(Claim claim, String reason, Instant now) {
    LOG.error("Delivery {} failed: {}", claim.key(), reason);
    deliveries.mark(claim, new Mark(DeliveryStatus.FAILED, now, null, null, reason));
  }

  private void retry(Claim claim, SendOutcome.Retry retry, Instant now) {
    Duration wait = wait(claim.attempt(), retry.after());
    LOG.warn("Delivery {} is tried again in {}: {}", claim.key(), wait, retry.reason());
    deliveries.mark(
        claim, new Mark(DeliveryStatus.RETRYING, now.plus(wait), null, null, retry.reason()));
    queue.send(List.of(claim.key()), shorter(wait, DeliveryQueue.LONGEST_DELAY));
  }

  /// The provider's wish goes before our own schedule, as long as it is not longer than we try at
  /// all.
  private Duration wait(int attempt, Optional<Duration> asked) {
    return asked
        .map(wish -> shorter(wish, LONGEST_TRY))
        .orElseGet(() -> Backoff.after(attempt, random));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
