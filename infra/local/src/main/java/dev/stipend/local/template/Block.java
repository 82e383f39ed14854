package dev.stipend.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A mapping of the template with its place in the file, read key by key.
///
/// Readers of a typed value resolve a `!Ref` to a parameter with a default, and name the path of
/// what they cannot read.
final class Block {
  private final String path;
  private final Map<?, ?> entries;
  private final Map<String, Object> defaults;

  private Block(String path, Map<?, ?> entries, Map<String, Object> defaults) {
    this.path = path;
    this.entries = entries;
    this.defaults = defaults;
  }

  /// The whole file, with the defaults of its parameters.
  static Block root(Map<?, ?> file) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    Block parameters = new Block("", file, Map.of()).block("Parameters");
    for (String name : parameters.keys()) {
      parameters.block(name).raw("Default").ifPresent(value -> defaults.put(name, value));
    }
    return new Block("", file, defaults);
  }

  /// All keys in the order of the file.
  List<String> keys() {
    return entries.keySet().stream().map(String::valueOf).toList();
  }

  /// The value as the file has it.
  Optional<Object> raw(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  private Optional<Object> value(String key) {
    Object value = entries.get(key);
    if (value instanceof Intrinsic(String function, Object target) && function.equals("Ref")) {
      return Optional.of(defaults.getOrDefault(String.valueOf(target), value));
    }
    return Optional.ofNullable(value);
  }

  /// The mapping under this key; an empty one if the key is missing.
  Block block(String key) {
    Object value = value(key).orElse(Map.of());
    if (value instanceof Map<?, ?> mapping) {
      return new Block(pathOf(key), mapping, defaults);
    }
    throw wrong(key, "a mapping", value);
  }

  Optional<String> text(String key) {
    return value(key)
        .map(
            value -> {
              if (value instanceof String text) {
                return text;
              }
              throw wrong(key, "text", value);
            });
  }

  String requiredText(String key) {
    return text(key).orElseThrow(() -> wrong(key, "text", "nothing"));
  }

  Optional<Integer> number(String key) {
    return value(key)
        .map(
            value -> {
              if (value instanceof Integer number) {
                return number;
              }
              throw wrong(key, "a whole number", value);
            });
  }

  /// One value or a list of them, as CloudFormation often allows either; empty if the key is
  /// missing.
  List<Object> oneOrMore(String key) {
    Object value = value(key).orElse(List.of());
    return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
  }

  /// The logical id behind a `!Ref` or `!GetAtt`.
  String reference(String key) {
    Object value = raw(key).orElse("nothing");
    if (value instanceof Intrinsic intrinsic && intrinsic.target().isPresent()) {
      return intrinsic.target().get();
    }
    throw wrong(key, "!Ref or !GetAtt", value);
  }

  /// This block laid over another one: mappings are merged, anything else is replaced.
  Block over(Block base) {
    return new Block(path, merge(base.entries, entries), defaults);
  }

  private static Map<String, Object> merge(Map<?, ?> base, Map<?, ?> top) {
    Map<String, Object> merged = new LinkedHashMap<>();
    base.forEach((key, value) -> merged.put(String.valueOf(key), value));
    top.forEach(
        (key, value) ->
            merged.merge(
                String.valueOf(key),
                value,
                (below, above) ->
                    below instanceof Map<?, ?> lower && above instanceof Map<?, ?> upper
                        ? merge(lower, upper)
                        : above));
    return merged;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private IllegalArgumentException wrong(String key, String expected, Object found) {
    return new IllegalArgumentException(
        "template.yaml: %s must be %s, found %s".formatted(pathOf(key), expected, found));
  }
}
