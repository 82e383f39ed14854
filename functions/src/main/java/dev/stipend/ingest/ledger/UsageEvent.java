package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One request to a model, or one adjustment, as its sender tells it.
///
/// @param eventId its identity within the workspace
/// @param occurredAt when it happened; decides the periods in which it counts
/// @param kind request or adjustment
/// @param corrects the event that an adjustment corrects, where known
/// @param attribution whom and what it belongs to
/// @param tokens what was used
/// @param cost what it cost, where the sender knows; in the workspace's currency; signed for
///     adjustments only
/// @param tags free labels
/// @param origin how it was told
public record UsageEvent(
    String eventId,
    Instant occurredAt,
    EventKind kind,
    Optional<String> corrects,
    Attribution attribution,
    TokenUsage tokens,
    Optional<Money> cost,
    Map<String, String> tags,
    EventOrigin origin) {
  /// An event that says all by itself.
  public UsageEvent(
      String eventId,
      Instant occurredAt,
      EventKind kind,
      Optional<String> corrects,
      Attribution attribution,
      TokenUsage tokens,
      Optional<Money> cost,
      Map<String, String> tags) {
    this(eventId, occurredAt, kind, corrects, attribution, tokens, cost, tags, EventOrigin.PLAIN);
  }

  /// The same event, told in some way. What its reader found of it stays.
  public UsageEvent from(EventOrigin sent) {
    return sent.equals(EventOrigin.PLAIN)
        ? this
        : new UsageEvent(
            eventId,
            occurredAt,
            kind,
            corrects,
            attribution,
            tokens,
            cost,
            tags,
            sent.read(origin.object(), origin.rounded()));
  }

  /// Whether it is about an object that has used nothing yet.
  public boolean tellsNothing() {
    return origin.object() && cost.isEmpty() && tokens.isNone();
  }

  UsageEvent withoutCost() {
    return new UsageEvent(
        eventId, occurredAt, kind, corrects, attribution, tokens, Optional.empty(), tags, origin);
  }
}
