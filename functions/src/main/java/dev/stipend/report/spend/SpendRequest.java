package dev.stipend.report.spend;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.PlaceCursor;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is asked for by the parameters of a query.
///
/// @param zone whose calendar counts
/// @param interval into what the range is split
/// @param query the question itself
public record SpendRequest(ZoneId zone, Interval interval, SpendQuery query) {
  private static final int LONGEST_TEXT = 40;
  private static final int LONGEST_NUMBER = 20;
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /// Reads every parameter, and checks them together.
  ///
  /// @param usual the zone where none is named
  /// @throws InvalidJsonException naming every parameter that is wrong
  public static SpendRequest read(SentQuery sent, ZoneId usual, Instant now) {
    JsonFields fields = JsonFields.of(values(sent));
    SpendFilters filters = new SpendFilters(sent, fields);
    filters.refuseRepeated();
    ZoneId zone = fields.zone("timeZone").orElse(usual);
    Interval interval =
        fields.oneOf("interval", Labels.choices(Interval.class)).orElse(Interval.NONE);
    int limit =
        fields
            .whole("limit", 1, SpendQuery.MOST_GROUPS)
            .map(Math::toIntExact)
            .orElse(SpendQuery.USUAL_GROUPS);
    int after = PlaceCursor.GROUPS.parse(fields.text("cursor", LONGEST_TEXT)).orElse(0);
    Instant until = time(fields, "to", zone).orElse(now.truncatedTo(ChronoUnit.MICROS));
    Instant from = time(fields, "from", zone).orElseGet(() -> startOfMonth(until, zone));
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
        new SpendQuery(intervals, wanted.groupBy(), wanted.filters(), limit, after));
  }

  /// The parameters as fields of an object, a number as a number.
  private static Map<String, Object> values(SentQuery sent) {
    Map<String, Object> values = new LinkedHashMap<>();
    sent.parameters().forEach((name, texts) -> values.put(name, texts.getFirst()));
    values.computeIfPresent("limit", (name, text) -> number(String.valueOf(text)));
    return values;
  }

  private static Object number(String text) {
    try {
      return text.length() > LONGEST_NUMBER ? text : new BigDecimal(text);
    } catch (NumberFormatException noNumber) {
      return text;
    }
  }

  /// A date is its first instant in the zone. An instant between two microseconds is the later one,
  /// because events have microseconds: so the same of them are before it.
  private static Optional<Instant> time(JsonFields fields, String name, ZoneId zone) {
    return fields
        .text(name, LONGEST_TEXT)
        .flatMap(
            text -> {
              try {
                Instant time = parse(text, zone);
                if (time.isBefore(EARLIEST) || time.isAfter(Period.FOREVER)) {
                  fields.error(name, "must be from the year 1900 to 9999");
                  return Optional.empty();
                }
                return Optional.of(time.plusNanos(999).truncatedTo(ChronoUnit.MICROS));
              } catch (DateTimeException wrong) {
                fields.error(
                    name,
                    "must be a date such as 2026-03-01, or an ISO 8601 time with an offset, such"
                        + " as 2026-03-01T09:30:00Z");
                return Optional.empty();
              }
            });
  }

  /// In a query, a plus sign that is not escaped is a space.
  private static Instant parse(String text, ZoneId zone) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
        : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
  }

  /// The start of the month that ends at the instant, or in which it lies.
  private static Instant startOfMonth(Instant until, ZoneId zone) {
    return new CalendarCadence(PeriodKind.MONTHLY, zone, DayOfWeek.MONDAY, 1, 1)
        .periodAt(until.minusNanos(1))
        .orElseThrow()
        .start();
  }
}
