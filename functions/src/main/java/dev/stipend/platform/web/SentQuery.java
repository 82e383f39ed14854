package dev.stipend.platform.web;

import dev.stipend.platform.json.InvalidJsonException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The query parameters of a request as they were sent, each with all its values. HTTP APIs join
/// the values of a repeated parameter by commas, after which nobody can tell them from a value that
/// has a comma; only the raw query can.
///
/// @param parameters the values by their parameter, in the order in which they were sent
public record SentQuery(Map<String, List<String>> parameters) {
  /// Reads a query.
  ///
  /// @param rawQuery what follows the question mark, still encoded
  /// @throws InvalidJsonException if an escape is wrong
  public static SentQuery parse(String rawQuery) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded("query", equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(name, pair.substring(equals + 1));
        parameters.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
      }
    }
    return new SentQuery(parameters);
  }

  /// The value of a parameter that may be given once.
  ///
  /// @throws InvalidJsonException if it is given more than once
  public Optional<String> only(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new InvalidJsonException(name, "must be given once");
    }
    return values.stream().findFirst();
  }

  /// The same query with a parameter that has one value, whatever it had before.
  public SentQuery with(String name, String value) {
    return with(name, List.of(value));
  }

  /// The same query with a parameter that has these values, whatever it had before.
  public SentQuery with(String name, List<String> values) {
    Map<String, List<String>> all = new LinkedHashMap<>(parameters);
    all.put(name, values);
    return new SentQuery(all);
  }

  /// The same query without some parameters.
  public SentQuery without(String... names) {
    Map<String, List<String>> all = new LinkedHashMap<>(parameters);
    List.of(names).forEach(all::remove);
    return new SentQuery(all);
  }

  /// What leads to a path with these parameters.
  public String of(String path) {
    String query =
        parameters.entrySet().stream()
            .flatMap(
                each ->
                    each.getValue().stream()
                        .map(value -> encoded(each.getKey()) + "=" + encoded(value)))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String name, String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrongEscape) {
      throw new InvalidJsonException(
          name, "has a % that starts no escape sequence; write a % as %25");
    }
  }
}
