package dev.stipend.ingest.format;

import dev.stipend.ingest.ledger.EventOrigin;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One native event that is being put together from another form. Values of a wrong type are put in
/// as they are: the reader of native events refuses them, and the sender's name is in its reason.
final class Translation {
  private static final int MOST_TAGS = 32;
  private static final int MOST_UNKNOWN = 20;

  /// Fields that an event's reader bounds together.
  private static final List<String> ATTRIBUTION =
      List.of("userId", "agentId", "workflowId", "teamId", "provider", "model");

  private static final int MOST_BYTES = 2_400;
  private static final int NANOS_DIGITS = 9;
  private static final BigDecimal NANOS = BigDecimal.ONE.scaleByPowerOfTen(NANOS_DIGITS);

  /// The end of the year 9999, in seconds.
  private static final int MOST_DIGITS = 100;
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

  private static final String NO_TIME = "must be a time from 1970 to 9999";

  private final String prefix;
  private final Map<String, @Nullable Object> event = new LinkedHashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private Optional<String> formerId = Optional.empty();
  private Optional<String> objectId = Optional.empty();

  /// @param prefix where in the message the event stands; before the names of fields that the
  ///     sender did not name
  Translation(String prefix) {
    this.prefix = prefix;
  }

  void put(String field, String senderName, @Nullable Object value) {
    if (value != null) {
      event.put(field, value);
      names.put(field, senderName);
    }
  }

  /// A field that must be there: without a value, the sender's name is known for the complaint.
  void require(String field, String senderName, @Nullable Object value) {
    names.put(field, senderName);
    put(field, senderName, value);
  }

  /// The id under which earlier releases recorded the same event.
  void formerly(String id) {
    formerId = Optional.of(id);
  }

  /// The id of the object that the call made, of which may be told again under it.
  void made(String id) {
    objectId = Optional.of(id);
  }

  /// Names of whom and what the event belongs to; those of which nothing can be seen count as
  /// absent.
  void names(List<FieldRow> rows, Function<String, @Nullable Object> values) {
    for (FieldRow row : rows) {
      for (String source : row.sources()) {
        Object value = values.apply(source);
        if (value instanceof String text) {
          value = PrintableText.isInvisible(text) ? null : SafeText.name(text);
        }
        if (value != null) {
          put(row.field(), source, value);
          break;
        }
      }
    }
  }

  /// Numbers of tokens.
  void counts(List<FieldRow> rows, Function<String, @Nullable Object> values) {
    counts(rows, values, TokenEvidence.NONE);
  }

  /// As above.
  ///
  /// @param evidence what shows how they are meant
  void counts(
      List<FieldRow> rows, Function<String, @Nullable Object> values, TokenEvidence evidence) {
    for (FieldRow row : rows) {
      for (String source : row.sources()) {
        Object value = values.apply(source);
        if (value != null) {
          put(row.field(), source, value);
          break;
        }
      }
    }
    TokenParts.fit(event, evidence);
  }

  /// Labels, by their names.
  void tags(List<FieldRow> rows, Function<String, @Nullable Object> values) {
    for (FieldRow row : rows) {
      row.sources().stream()
          .map(values)
          .filter(String.class::isInstance)
          .findFirst()
          .ifPresent(text -> tag(row.field(), text.toString()));
    }
  }

  /// A label; those beyond the most that an event may have are left out.
  void tag(String name, String value) {
    if (PrintableText.isInvisible(name) || PrintableText.isInvisible(value)) {
      return;
    }
    String key = key(name);
    if (tags.size() < MOST_TAGS || tags.containsKey(key)) {
      tags.put(key, SafeText.name(value.strip()));
    }
  }

  /// A label, unless there is one of its name.
  void tagElse(String name, String value) {
    if (!tags.containsKey(key(name))) {
      tag(name, value);
    }
  }

  private static String key(String name) {
    return SafeText.name(name.strip()).replace('=', '-');
  }

  /// Names may be too long together, though none is by itself.
  private void shortenNames() {
    int bytes =
        ATTRIBUTION.stream()
            .map(event::get)
            .filter(String.class::isInstance)
            .mapToInt(name -> SafeText.bytes(name.toString()))
            .sum();
    if (bytes > MOST_BYTES) {
      ATTRIBUTION.forEach(
          field ->
              event.computeIfPresent(
                  field,
                  (name, value) ->
                      value instanceof String text ? SafeText.shortName(text) : value));
    }
  }

  /// @param seconds since 1970, with any fraction
  /// @throws InvalidJsonException if that is no time
  static Instant instant(BigDecimal seconds, String senderName) {
    return instant(seconds, 0, senderName);
  }

  /// As above.
  ///
  /// @param units since 1970
  /// @param digits of the power of ten that makes a second of them
  static Instant instant(BigDecimal units, int digits, String senderName) {
    // Moving the point of 1e300000000 would write it out.
    if (Math.abs((long) units.scale()) > MOST_DIGITS) {
      throw new InvalidJsonException(senderName, NO_TIME);
    }
    BigDecimal seconds = units.movePointLeft(digits);
    if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
      throw new InvalidJsonException(senderName, NO_TIME);
    }
    try {
      // A fraction beyond nanoseconds is cut before anything is computed with it.
      BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
      return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].multiply(NANOS).longValue());
    } catch (ArithmeticException | DateTimeException outOfBounds) {
      throw new InvalidJsonException(senderName, NO_TIME);
    }
  }

  Reading.Usable done() {
    return done(List.of());
  }

  /// @param unknown what the sender tells beside the event that nobody understands
  Reading.Usable done(List<UnknownUsage> unknown) {
    shortenNames();
    if (!tags.isEmpty()) {
      event.put("tags", tags);
    }
    return new Reading.Usable(
        event,
        new FieldNames(prefix, Map.copyOf(names)),
        new EventOrigin(false, formerId, objectId, names(unknown), false),
        unknown);
  }

  /// The names of what nobody understands, of which an event keeps a few.
  private static List<String> names(List<UnknownUsage> unknown) {
    return unknown.stream().map(UnknownUsage::attribute).distinct().limit(MOST_UNKNOWN).toList();
  }
}
