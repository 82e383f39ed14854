package dev.stipend.ingest.format;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a span tells, by the names that the table of senders has:
///
/// - `a.b` is an attribute.
/// - `a.b#c.d` is a value inside of an attribute that is an object, or a text that is one in JSON.
/// - `resource:a.b` is an attribute of the resource, whatever the span says.
final class SpanValues {
  private static final String RESOURCE = "resource:";
  private static final char INSIDE = '#';

  /// Longer texts are conversations.
  private static final int LONGEST_JSON = 20_000;

  private static final int DEEPEST = 6;
  private static final Map<String, Object> NOTHING = Map.of();

  private final SpanAttributes own;
  private final SpanAttributes resource;
  private final Map<String, Map<String, Object>> objects = new HashMap<>();

  SpanValues(SpanAttributes own, SpanAttributes resource) {
    this.own = own;
    this.resource = resource;
  }

  SpanAttributes attributes() {
    return own;
  }

  /// The attribute that a name is of.
  static String attribute(String name) {
    int inside = name.indexOf(INSIDE);
    return inside < 0 ? name : name.substring(0, inside);
  }

  /// What the span says, else what its resource says.
  @Nullable Object get(String name) {
    if (name.startsWith(RESOURCE)) {
      return resource.get(name.substring(RESOURCE.length()));
    }
    Object value = own(name);
    return value == null ? resource.get(name) : value;
  }

  /// What the span itself says.
  @Nullable Object own(String name) {
    int inside = name.indexOf(INSIDE);
    return inside < 0
        ? own.get(name)
        : object(name.substring(0, inside)).get(name.substring(inside + 1));
  }

  /// Visits all numbers of the span, and those inside of some of its attributes.
  void numbers(Iterable<String> objectNames, BiConsumer<String, BigDecimal> visit) {
    own.values()
        .forEach(
            (name, value) -> {
              if (value instanceof BigDecimal number) {
                visit.accept(name, number);
              }
            });
    for (String name : objectNames) {
      object(name)
          .forEach(
              (path, value) -> {
                if (value instanceof BigDecimal number) {
                  visit.accept(name + INSIDE + path, number);
                }
              });
    }
  }

  /// The values inside of an attribute by their paths.
  private Map<String, Object> object(String name) {
    Object value = own.get(name);
    if (value == null) {
      return NOTHING;
    }
    return objects.computeIfAbsent(
        name,
        absent -> {
          Map<String, Object> leaves = new LinkedHashMap<>();
          collect("", value instanceof String text ? parsed(text) : value, leaves, 0);
          return leaves;
        });
  }

  /// The value of a text; the text itself if it is no JSON, such as one that was cut.
  private static @Nullable Object parsed(String text) {
    if (text.length() > LONGEST_JSON || !text.stripLeading().startsWith("{")) {
      return text;
    }
    try {
      return ExactJson.parse(text);
    } catch (InvalidJsonException noJson) {
      return text;
    }
  }

  private static void collect(
      String path, @Nullable Object value, Map<String, Object> leaves, int depth) {
    if (value instanceof Map<?, ?> map && depth < DEEPEST) {
      Map<?, ?> entries = entries(map);
      entries.forEach(
          (key, inner) ->
              collect(
                  path.isEmpty() ? key.toString() : path + "." + key, inner, leaves, depth + 1));
    } else if (value != null && !path.isEmpty()) {
      leaves.put(path, value);
    }
  }

  /// The entries of a JSON object, or of OTLP's list of keys and values.
  private static Map<?, ?> entries(Map<?, ?> map) {
    if (map.get("kvlistValue") instanceof Map<?, ?> wrapped
        && wrapped.get("values") instanceof List<?>) {
      return SpanAttributes.of("", Map.of("attributes", wrapped.get("values"))).values();
    }
    return map;
  }
}
