package dev.stipend.report.spend;

import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Parameters of queries about a range of time.
public final class QueryFields {
  /// How long a time or a place may be.
  static final int LONGEST_TEXT = 40;

  private static final int LONGEST_NUMBER = 20;
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  private QueryFields() {}

  /// The parameters as fields of an object, a number as a number.
  public static JsonFields of(SentQuery sent) {
    Map<String, Object> values = new LinkedHashMap<>();
    sent.parameters().forEach((name, texts) -> values.put(name, texts.getFirst()));
    values.computeIfPresent("limit", (name, text) -> number(String.valueOf(text)));
    return JsonFields.of(values);
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
  public static Optional<Instant> time(JsonFields fields, String name, ZoneId zone) {
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
}
