package dev.stipend.support.http;

import java.util.List;
import java.util.Map;
import java.util.Random;

/// Values that no client should send.
public final class Hostile {
  /// Texts for any place that takes one.
  public static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "'; DROP TABLE stipend.budgets; --",
          "' OR '1'='1",
          "a\r\nX-Evil: 1\r\n\r\n<html>",
          "\u0000",
          "a\u0000b",
          "\ud800",
          "\udc00x",
          "\u202e\ufeff\u200b",
          "\ud83d\ude00",
          "../../etc/passwd",
          "%00%0d%0a",
          "{id}",
          "${jndi:ldap://127.0.0.1/a}",
          "-1",
          "0",
          "1e400",
          "99999999999999999999999",
          "NaN",
          "null",
          "2026-02-30T00:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "00000000-0000-0000-0000-000000000000",
          "x".repeat(5_000));

  private static final List<String> RAW =
      List.of(
          "null",
          "true",
          "false",
          "-1",
          "0",
          "1.5",
          "1e400",
          "-1e400",
          "1e-400",
          "1e2000000000",
          "-1e-2000000000",
          "99999999999999999999999999999999999999999999999999",
          "0.1234567890123",
          "NaN",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[{}]",
          "{\"\":\"\"}",
          "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "[" + "7,".repeat(2_000) + "7]",
          "[".repeat(300) + "]".repeat(300),
          "[".repeat(20_000) + "]".repeat(20_000));

  private Hostile() {}

  /// A value for a field.
  public static Object value(Random random) {
    int n = random.nextInt(RAW.size() + TEXTS.size());
    return n < RAW.size() ? new Json.Raw(RAW.get(n)) : TEXTS.get(n - RAW.size());
  }

  /// Values of other types than the one described. Numbers may be texts, so a text is none of them
  /// for a number or a decimal that is a text.
  public static List<Object> otherThan(String type) {
    return switch (type) {
      case "object" -> List.of("text", List.of(), true);
      case "array" -> List.of("text", Map.of(), true);
      case "boolean" -> List.of("text", List.of(), Map.of(), 7);
      case "integer", "number" -> List.of("text", List.of(), Map.of(), true);
      default -> List.of(List.of(), Map.of(), true);
    };
  }

  /// Bodies that are no object, or no JSON, made of one that is good.
  public static List<String> bodies(String good) {
    return List.of(
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "true",
        "[7]",
        "[null]",
        "[[[]]]",
        "{",
        "{]",
        "nonsense",
        "<xml/>",
        good.substring(0, good.length() / 2),
        good + good,
        good + "x",
        "\ufeff" + good,
        good.replaceFirst("[{]", "{\"a\":1,\"a\":2,"),
        good.replaceFirst("[{]", "{\"__proto__\":{},"),
        good.replaceFirst("[{]", "{\"\":0,"),
        good.replaceFirst("[{]", "{\"" + "x".repeat(10_000) + "\":0,"),
        good.replaceFirst("[{]", "{\"a\\r\\nX-Evil: 1\":0,"),
        good.replaceFirst("[{]", "{\"a\":NaN,"),
        "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000));
  }
}
