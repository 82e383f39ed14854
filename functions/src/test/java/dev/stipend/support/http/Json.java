package dev.stipend.support.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes JSON, right or wrong, as tests want it.
public final class Json {
  private Json() {}

  /// Stands in a value as it is written.
  public record Raw(String text) {}

  public static String write(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Raw raw -> raw.text();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> quoted(String.valueOf(each.getKey())) + ":" + write(each.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      default -> quoted(value.toString());
    };
  }

  /// For eyes: each field on a line of its own.
  public static String pretty(@Nullable Object value) {
    return pretty(value, "\n") + "\n";
  }

  private static String pretty(@Nullable Object value, String end) {
    String inner = end + "  ";
    return switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.entrySet().stream()
              .map(
                  each ->
                      quoted(String.valueOf(each.getKey())) + ": " + pretty(each.getValue(), inner))
              .collect(Collectors.joining("," + inner, "{" + inner, end + "}"));
      case List<?> list when !list.isEmpty() ->
          list.stream()
              .map(each -> pretty(each, inner))
              .collect(Collectors.joining("," + inner, "[" + inner, end + "]"));
      case null, default -> write(value);
    };
  }

  /// A copy that can be changed, all the way down.
  public static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
    return copy;
  }

  private static Object copyOf(Object value) {
    return switch (value) {
      case Map<?, ?> map -> copy(map);
      case List<?> list -> new ArrayList<>(list.stream().map(Json::copyOf).toList());
      default -> value;
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '"' || each == '\\') {
        quoted.append('\\').append(each);
      } else if (each < ' ' || Character.isSurrogate(each)) {
        quoted.append("\\u%04x".formatted((int) each));
      } else {
        quoted.append(each);
      }
    }
    return quoted.append('"').toString();
  }
}
