package dev.stipend.report.usage;

import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.QueryFields;
import dev.stipend.report.spend.SpendFilters;
import dev.stipend.time.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which events of the ledger are asked for.
///
/// @param range in which they happened
/// @param filters for each dimension that matters the values of which an event must have one
/// @param minCost what they cost at least
/// @param eventId the one that is meant
/// @param after the place from which the list goes on; empty for its beginning
/// @param limit how many, at most
public record EventQuery(
    Period range,
    Map<Dimension, List<String>> filters,
    Optional<Money> minCost,
    Optional<String> eventId,
    Optional<EventPlace> after,
    int limit) {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_CURSOR = 2_000;

  /// Reads every parameter, and checks them together.
  ///
  /// @param usual the zone where none is named
  /// @param usualLimit how many where that is not said
  /// @param most how many may be asked for
  /// @throws InvalidJsonException naming every parameter that is wrong
  public static EventQuery read(SentQuery sent, ZoneId usual, int usualLimit, int most) {
    JsonFields fields = QueryFields.of(sent);
    SpendFilters filters = new SpendFilters(sent, fields);
    filters.refuseRepeated();
    ZoneId zone = fields.zone("timeZone").orElse(usual);
    Optional<Money> minCost = fields.money("minCost");
    Optional<String> eventId = fields.text("eventId", LONGEST_ID);
    int limit = fields.whole("limit", 1, most).map(Math::toIntExact).orElse(usualLimit);
    Optional<EventPlace> after = fields.text("cursor", LONGEST_CURSOR).map(EventPlace::parse);
    Instant until = QueryFields.time(fields, "to", zone).orElse(Period.FOREVER);
    Instant from = QueryFields.time(fields, "from", zone).orElse(Period.BEGINNING);
    Map<Dimension, List<String>> wanted = filters.read().filters();
    fields.refuseUnknown();
    fields.check();
    if (!from.isBefore(until)) {
      throw new InvalidJsonException("from", "must be before to, which is " + until);
    }
    return new EventQuery(new Period(from, until), wanted, minCost, eventId, after, limit);
  }

  /// Whether events of the range may be left out.
  boolean isPicky() {
    return !filters.isEmpty() || minCost.isPresent() || eventId.isPresent();
  }

  /// The same of another range.
  EventQuery within(Period other) {
    return new EventQuery(other, filters, minCost, eventId, after, limit);
  }
}
