package dev.stipend.ingest.format;

import dev.stipend.platform.json.InvalidJsonException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The attributes of a span or a resource, with their values unwrapped.
///
/// @param values texts, numbers and booleans by the attributes' keys; what is none of these stays
///     as it was sent
record SpanAttributes(Map<String, Object> values) {
  static final SpanAttributes NONE = new SpanAttributes(Map.of());

  private static final int LONGEST_NUMBER = 20;

  /// @param path where the owner stands in the request
  /// @throws InvalidJsonException if the attributes are no list
  static SpanAttributes of(String path, Map<?, ?> owner) {
    Object attributes = owner.get("attributes");
    if (attributes == null) {
      return NONE;
    }
    if (!(attributes instanceof List<?> list)) {
      throw new InvalidJsonException(path + ".attributes", "must be a list");
    }
    Map<String, Object> values = new HashMap<>();
    for (Object each : list) {
      if (each instanceof Map<?, ?> attribute && attribute.get("key") instanceof String key) {
        Object sent = attribute.get("value");
        Object value = sent instanceof Map<?, ?> wrapped ? unwrapped(wrapped) : sent;
        if (value != null) {
          values.put(key, value);
        }
      }
    }
    return new SpanAttributes(values);
  }

  @Nullable Object get(String key) {
    return values.get(key);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /// These, and those of the other that are not among these.
  SpanAttributes over(SpanAttributes other) {
    Map<String, Object> all = new HashMap<>(other.values);
    all.putAll(values);
    return new SpanAttributes(all);
  }

  private static @Nullable Object unwrapped(Map<?, ?> value) {
    Object whole = value.get("intValue");
    if (whole != null) {
      return wholeNumber(whole);
    }
    for (String kind : List.of("stringValue", "doubleValue", "boolValue")) {
      Object found = value.get(kind);
      if (found != null) {
        return found;
      }
    }
    return value.isEmpty() ? null : value;
  }

  /// 64-bit numbers are texts in the JSON of protocol buffers, and numbers from many senders.
  static Object wholeNumber(Object value) {
    return value instanceof String text
            && text.length() <= LONGEST_NUMBER
            && text.matches("-?[0-9]+")
        ? new BigDecimal(text)
        : value;
  }
}
