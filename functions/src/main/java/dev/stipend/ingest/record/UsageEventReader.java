package dev.stipend.ingest.record;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.EventKind;
import dev.stipend.ingest.ledger.EventOrigin;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.ingest.unpriced.LateAdjustments;
import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.json.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads usage events in their native JSON form, for one workspace at one instant.
public final class UsageEventReader {
  /// How long ids are remembered; an older event could no longer be known as a duplicate.
  public static final Duration OLDEST = Duration.ofDays(35);

  /// How far ahead a sender's clock may be.
  public static final Duration FARTHEST_AHEAD = Duration.ofMinutes(5);

  private static final int LONGEST_ID = AttributionFields.LONGEST_ID;
  private static final Map<String, EventKind> KINDS = Labels.choices(EventKind.class);

  /// Nothing that Stipend counts was for sale before; an older time is a mistake of its sender.
  public static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

  private final String currency;
  private final Instant now;
  private final Instant oldest;
  private final String reasonForOlder;

  private UsageEventReader(String currency, Instant now, Instant oldest, String reasonForOlder) {
    this.currency = currency;
    this.now = now;
    this.oldest = oldest;
    this.reasonForOlder = reasonForOlder;
  }

  /// Reads events that arrive as they happen.
  ///
  /// @param currency of the workspace
  public static UsageEventReader live(String currency, Instant now) {
    return new UsageEventReader(
        currency, now, now.minus(OLDEST), "is older than 35 days; older events need a bulk import");
  }

  /// Reads events of any age that the ledger may hold, for an import. What a month held that has
  /// left it cannot be known any more, so such a month takes nothing: it could count twice.
  ///
  /// @param currency of the workspace
  /// @param horizon see {@link LedgerHorizon}
  public static UsageEventReader ofAnyAge(String currency, Instant now, Instant horizon) {
    return horizon.isAfter(BEGINNING)
        ? new UsageEventReader(
            currency,
            now,
            horizon,
            "is before %s, in a month that was archived; its totals are final".formatted(horizon))
        : new UsageEventReader(currency, now, BEGINNING, "is before " + BEGINNING);
  }

  /// Reads one event.
  ///
  /// @param json a value as {@link dev.stipend.platform.json.ExactJson} reads it
  /// @throws InvalidJsonException naming every field that is wrong
  public UsageEvent read(@Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    fields.require("eventId");
    fields.require("occurredAt");
    EventKind kind = fields.oneOf("kind", KINDS).orElse(EventKind.USAGE);
    String eventId = eventId(fields);
    Instant occurredAt = occurredAt(fields);
    Optional<String> corrects = fields.text("corrects", LONGEST_ID);
    Attribution who = AttributionFields.who(fields);
    TokenUsage tokens = TokenFields.read(fields);
    Optional<Money> cost = cost(fields, kind);
    Map<String, String> tags = AttributionFields.tags(fields);
    EventOrigin origin =
        EventOrigin.PLAIN.read(
            fields.text("object", LONGEST_ID).isPresent(),
            cost.filter(read -> fields.isRounded("cost", read)).isPresent());
    fields
        .text("currency", 3)
        .filter(given -> !given.equals(currency))
        .ifPresent(
            given ->
                fields.error("currency", "must be " + currency + ", the workspace's currency"));
    fields.refuseUnknown();
    fields.check();
    return new UsageEvent(eventId, occurredAt, kind, corrects, who, tokens, cost, tags, origin);
  }

  /// The id of an event that may be wrong otherwise, for its rejection.
  public static String idOf(@Nullable Object json) {
    return json instanceof Map<?, ?> map && map.get("eventId") instanceof String id
        ? PrintableText.of(id, LONGEST_ID)
        : "";
  }

  private static String eventId(JsonFields fields) {
    String id = AttributionFields.id(fields, "eventId");
    if (id.startsWith(LateAdjustments.OWN_IDS)) {
      fields.error(
          "eventId",
          "must not begin with "
              + LateAdjustments.OWN_IDS
              + ", which is reserved for Stipend's own events");
    }
    return id;
  }

  private Instant occurredAt(JsonFields fields) {
    Instant at = fields.instant("occurredAt").orElse(now).truncatedTo(ChronoUnit.MICROS);
    if (at.isAfter(now.plus(FARTHEST_AHEAD))) {
      fields.error("occurredAt", "is more than 5 minutes in the future");
    }
    if (at.isBefore(oldest)) {
      fields.error("occurredAt", reasonForOlder);
    }
    return at;
  }

  private static Optional<Money> cost(JsonFields fields, EventKind kind) {
    Optional<Money> cost = fields.cost("cost");
    if (kind == EventKind.ADJUSTMENT) {
      fields.require("cost");
    } else if (cost.filter(Money::isNegative).isPresent()) {
      fields.error("cost", "must not be negative; a refund is an event of kind adjustment");
    }
    return cost;
  }
}
