package dev.stipend.http.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An object of a description, of which every part may be missing.
///
/// @param values its members; a change here is a change of the description
record DocumentNode(Map<String, Object> values) {
  @SuppressWarnings("unchecked")
  static DocumentNode of(@Nullable Object value) {
    return new DocumentNode(
        value instanceof Map ? (Map<String, Object>) value : new LinkedHashMap<>());
  }

  /// A member that is an object; an empty one that belongs to nothing, where there is none.
  DocumentNode at(String name) {
    return of(values.get(name));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(String::valueOf);
  }

  List<?> list(String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }

  /// The members that are objects, in their order.
  <T> List<T> each(Function<Map.Entry<String, DocumentNode>, T> use) {
    return values.entrySet().stream()
        .map(member -> use.apply(Map.entry(member.getKey(), of(member.getValue()))))
        .toList();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }
}
