package dev.stipend.support;

import dev.stipend.platform.json.ExactJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What real senders sent, recorded on 2026-11-30 and stripped of hosts and paths: the bodies of
/// their requests, in order. The name tells sender and version. As if they had been sent just
/// before the test clock's start.
public final class Payloads {
  /// The seconds of that day, and those of the test clock's.
  private static final String RECORDED = "1796036";

  private static final String SHIFTED = "1781524";

  private Payloads() {}

  /// The bodies in JSON.
  public static List<String> of(String name) {
    List<?> bodies =
        (List<?>)
            Objects.requireNonNull(ExactJson.parse(Forms.text(name).replace(RECORDED, SHIFTED)));
    return bodies.stream().map(Payloads::json).toList();
  }

  private static String json(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> quoted(each.getKey().toString()) + ":" + json(each.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(Payloads::json).collect(Collectors.joining(",", "[", "]"));
      case String text -> quoted(text);
      case BigDecimal number -> number.toString();
      case null, default -> String.valueOf(value);
    };
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(
            each ->
                each < ' ' || each == '"' || each == '\\'
                    ? "\\u%04x".formatted(each)
                    : Character.toString(each))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
