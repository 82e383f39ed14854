package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.AmountOutOfRangeException;
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
  /// Holds what its sender's tool reckons that it cost, in US dollars.
  private static final String REPORTED_COST = "reported_cost";

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

  /// What its sender's tool reckons that it cost, which is no bill: it counts only where nothing
  /// better is known. In US dollars; empty if it is not told, or is no amount.
  Optional<Money> reportedCost() {
    String told = tags.get(REPORTED_COST);
    try {
      return Optional.ofNullable(told).map(Money::of).filter(Money::isPositive);
    } catch (AmountOutOfRangeException noAmount) {
      return Optional.empty();
    }
  }

  /// The same event under another id, for one that its sender does not identify.
  public UsageEvent withId(String id) {
    return new UsageEvent(id, occurredAt, kind, corrects, attribution, tokens, cost, tags, origin);
  }

  UsageEvent withoutCost() {
    return new UsageEvent(
        eventId, occurredAt, kind, corrects, attribution, tokens, Optional.empty(), tags, origin);
  }
}
