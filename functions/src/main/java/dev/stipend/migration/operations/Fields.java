package dev.stipend.migration.operations;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The fields of a JSON object, in their order.
final class Fields {
  private final Map<String, Object> map = new LinkedHashMap<>();

  Fields with(String name, Object value) {
    map.put(name, value instanceof Instant instant ? instant.toString() : value);
    return this;
  }

  /// Leaves the field out if there is no value.
  Fields with(String name, Optional<?> value) {
    value.ifPresent(present -> with(name, (Object) present));
    return this;
  }

  Map<String, Object> map() {
    return map;
  }
}
