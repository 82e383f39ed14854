package dev.stipend.notification.delivery;

import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelHealth;
import dev.stipend.notification.delivery.DeliveryMarks.Mark;
import dev.stipend.notification.send.ChannelRateLimiter;
import dev.stipend.notification.send.OutboundMessage;
import dev.stipend.platform.metrics.LogField;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Writes down what came of sending a message, each outcome in one transaction.
@Singleton
public class DeliveryOutcomes {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryOutcomes.class);
  private static final Duration LONGEST_TRY = Duration.ofHours(24);

  private final DeliveryMarks marks;
  private final ChannelHealth health;
  private final Undelivered undelivered;
  private final ChannelRateLimiter turns;
  private final SparedDeliveries spared;

  DeliveryOutcomes(
      DeliveryMarks marks,
      ChannelHealth health,
      Undelivered undelivered,
      ChannelRateLimiter turns,
      SparedDeliveries spared) {
    this.marks = marks;
    this.health = health;
    this.undelivered = undelivered;
    this.turns = turns;
    this.spared = spared;
  }

  /// All of it is sent. Answers what has waited for that. Where the provider has no name for
  /// messages, a digest is known by its own.
  @Transactional
  public List<DeliveryKey> sent(
      OutboundMessage message, Optional<String> providerMessageId, Instant now) {
    health.works(message.channel(), now);
    String name = providerMessageId.or(() -> message.digest().map(UUID::toString)).orElse(null);
    marks.mark(
        message.channel(), message.claims(), new Mark(DeliveryStatus.SENT, now, now, name, null));
    return spared.spareBeside(message.channel(), alerts(message.claims()), now);
  }

  private static List<UUID> alerts(List<DeliveryLease> claims) {
    return claims.stream().map(claim -> claim.key().alertId()).toList();
  }

  /// Its channel has no place for it.
  @Transactional
  public List<DeliveryKey> declined(OutboundMessage message, String reason, Instant now) {
    health.works(message.channel(), now);
    marks.mark(
        message.channel(),
        message.claims(),
        new Mark(DeliveryStatus.SUPPRESSED, Period.FOREVER, null, null, reason));
    return spared.spareBeside(message.channel(), alerts(message.claims()), now);
  }

  /// None of it can be sent. Answers what is to be sent instead.
  @Transactional
  public List<DeliveryKey> failed(OutboundMessage message, String reason, Instant now) {
    return fail(message.channel(), message.claims(), reason, now);
  }

  /// It is to be tried again at an instant, except for what was tried for a day. Answers what is to
  /// be sent instead of that.
  ///
  /// @param isAsked whether the provider itself has named the instant, for the whole channel
  @Transactional
  public List<DeliveryKey> retry(
      OutboundMessage message, String reason, Instant next, boolean isAsked, Instant now) {
    Channel channel = message.channel();
    if (isAsked) {
      turns.rest(channel, next);
    }
    List<DeliveryLease> old = message.claims().stream().filter(claim -> isOld(claim, now)).toList();
    List<DeliveryKey> elsewhere =
        old.isEmpty()
            ? List.of()
            : fail(channel, old, "not delivered within 24 hours: " + reason, now);
    marks.mark(
        channel,
        message.claims().stream().filter(claim -> !isOld(claim, now)).toList(),
        new Mark(DeliveryStatus.RETRYING, next, null, null, reason));
    return elsewhere;
  }

  private List<DeliveryKey> fail(
      Channel channel, List<DeliveryLease> claims, String reason, Instant now) {
    claims.forEach(claim -> log(claim, reason));
    boolean isNews = health.fails(channel, reason, now);
    marks.mark(channel, claims, new Mark(DeliveryStatus.FAILED, now, null, null, reason));
    return Stream.concat(
            undelivered.stage(channel, claims, reason, isNews, now).stream(),
            spared.spareBeside(channel, alerts(claims), now).stream())
        .toList();
  }

  private static void log(DeliveryLease claim, String reason) {
    try (MDC.MDCCloseable _ = LogField.ALERT.of(claim.key().alertId())) {
      LOG.error("Delivery {} failed: {}", claim.key(), reason);
    }
  }

  public static boolean isOld(DeliveryLease claim, Instant now) {
    return claim.createdAt().plus(LONGEST_TRY).isBefore(now);
  }
}
