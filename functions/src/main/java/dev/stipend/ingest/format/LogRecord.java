package dev.stipend.ingest.format;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import dev.stipend.platform.secrets.Sha256;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A log record of OpenTelemetry.
///
/// @param path where it stands in the request
/// @param fields what was sent
/// @param own its attributes
/// @param resource the attributes of its resource
/// @param scope the name of what wrote it; empty where that is not told
record LogRecord(
    String path, Map<?, ?> fields, SpanAttributes own, SpanAttributes resource, String scope) {
  private static final String OF_THE_RESOURCE = "resource:";
  private static final int NANOS_DIGITS = 9;
  private static final int MARK = 32;
  private static final int MOST_DIGITS = 64;

  /// @throws InvalidJsonException if its attributes are no list
  static LogRecord of(String path, Map<?, ?> fields, SpanAttributes resource, String scope) {
    return new LogRecord(path, fields, SpanAttributes.of(path, fields), resource, scope);
  }

  /// The name of the scope of a group of records or spans.
  static String scopeName(Map<?, ?> group) {
    return group.get("scope") instanceof Map<?, ?> scope && scope.get("name") instanceof String name
        ? name
        : "";
  }

  /// An attribute: its own, else its resource's.
  @Nullable Object get(String source) {
    if (source.startsWith(OF_THE_RESOURCE)) {
      return resource.get(source.substring(OF_THE_RESOURCE.length()));
    }
    return own.has(source) ? own.get(source) : resource.get(source);
  }

  /// A text, or a number as one; empty where there is none that can be seen.
  String text(List<String> sources) {
    return sources.stream()
        .map(this::get)
        .filter(value -> value instanceof String || value instanceof BigDecimal)
        .map(LogRecord::plain)
        .filter(text -> !PrintableText.isInvisible(text))
        .findFirst()
        .orElse("");
  }

  /// What it is an event of: releases of OpenTelemetry put that in three places.
  List<String> names() {
    return Stream.of(
            own.get("event.name"),
            fields.get("eventName"),
            fields.get("body") instanceof Map<?, ?> body ? body.get("stringValue") : null)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  /// When it happened, in nanoseconds since 1970: by its own time, else by when it was observed,
  /// else by the attribute that some senders have for it.
  ///
  /// @throws InvalidJsonException if nothing tells it
  BigDecimal nanos() {
    for (String name : List.of("timeUnixNano", "observedTimeUnixNano")) {
      Object value = fields.get(name);
      Object nanos = value == null ? BigDecimal.ZERO : SpanAttributes.wholeNumber(value);
      if (!(nanos instanceof BigDecimal number)) {
        throw new InvalidJsonException(path + "." + name, "must be nanoseconds since 1970");
      }
      if (number.signum() != 0) {
        return number;
      }
    }
    if (own.get("event.timestamp") instanceof String text) {
      return stamp(text);
    }
    throw new InvalidJsonException(path + ".timeUnixNano", "is required");
  }

  private BigDecimal stamp(String text) {
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      return BigDecimal.valueOf(at.getEpochSecond())
          .scaleByPowerOfTen(NANOS_DIGITS)
          .add(BigDecimal.valueOf(at.getNano()));
    } catch (DateTimeException noTime) {
      throw new InvalidJsonException(path + ".event.timestamp", "must be an ISO 8601 time");
    }
  }

  /// @throws InvalidJsonException if nothing tells it
  Instant at() {
    return Translation.instant(nanos(), NANOS_DIGITS, path + ".timeUnixNano");
  }

  /// The fingerprint of all that it tells by itself, the same however it was encoded.
  String digest() {
    StringBuilder text = new StringBuilder();
    append(text, plain(nanos()));
    new TreeMap<>(own.values())
        .forEach(
            (key, value) -> {
              append(text, key);
              append(text, plain(value));
            });
    return HexFormat.of().formatHex(Sha256.of(text.toString())).substring(0, MARK);
  }

  /// Parts stand with their lengths, so that no text can pass for two parts.
  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }

  /// A number may be written as 5, 5.0 and 5E0; one such as 1E300000000 stays as it is.
  private static String plain(@Nullable Object value) {
    return value instanceof BigDecimal number && Math.abs((long) number.scale()) <= MOST_DIGITS
        ? number.stripTrailingZeros().toPlainString()
        : Objects.toString(value);
  }
}
