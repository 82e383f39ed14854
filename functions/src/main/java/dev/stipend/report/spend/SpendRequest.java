package dev.stipend.report.spend;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.PlaceCursor;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// What is asked for by the parameters of a query.
///
/// @param zone whose calendar counts
/// @param interval into what the range is split
/// @param query the question itself
public record SpendRequest(ZoneId zone, Interval interval, SpendQuery query) {
  /// Reads every parameter, and checks them together.
  ///
  /// @param usual the zone where none is named
  /// @param usualGroups how many groups to list where that is not said, at most
  /// @throws InvalidJsonException naming every parameter that is wrong
  public static SpendRequest read(SentQuery sent, ZoneId usual, int usualGroups, Instant now) {
    JsonFields fields = QueryFields.of(sent);
    SpendFilters filters = new SpendFilters(sent, fields);
    filters.refuseRepeated();
    ZoneId zone = fields.zone("timeZone").orElse(usual);
    Interval interval =
        fields.oneOf("interval", Labels.choices(Interval.class)).orElse(Interval.NONE);
    Optional<Integer> limit =
        fields.whole("limit", 1, SpendQuery.MOST_GROUPS).map(Math::toIntExact);
    int after = PlaceCursor.GROUPS.parse(fields.text("cursor", QueryFields.LONGEST_TEXT)).orElse(0);
    Instant until = QueryFields.time(fields, "to", zone).orElse(now.truncatedTo(ChronoUnit.MICROS));
    Instant from =
        QueryFields.time(fields, "from", zone).orElseGet(() -> startOfMonth(until, zone));
    SpendFilters.Wanted wanted = filters.read();
    fields.refuseUnknown();
    fields.check();
    if (!from.isBefore(until)) {
      throw new InvalidJsonException("from", "must be before to, which is " + until);
    }
    List<Period> intervals =
        interval.split(new Period(from, until), zone, SpendQuery.MOST_INTERVALS);
    return new SpendRequest(
        zone,
        interval,
        new SpendQuery(
            intervals,
            wanted.groupBy(),
            wanted.filters(),
            limit.orElseGet(() -> Math.min(usualGroups, SpendQuery.mostGroups(intervals.size()))),
            after));
  }

  /// The start of the month that ends at the instant, or in which it lies.
  static Instant startOfMonth(Instant until, ZoneId zone) {
    return new CalendarCadence(PeriodKind.MONTHLY, zone, DayOfWeek.MONDAY, 1, 1)
        .periodAt(until.minusNanos(1))
        .orElseThrow()
        .start();
  }
}
