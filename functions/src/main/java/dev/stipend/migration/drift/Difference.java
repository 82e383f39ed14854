package dev.stipend.migration.drift;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An object of the schema that is not as the last run left it.
///
/// @param object such as `index budgets_scope`
/// @param was its definition then; empty if it was not there
/// @param is its definition now; empty if it is gone
public record Difference(String object, Optional<String> was, Optional<String> is) {
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("object", object);
    map.put("change", change());
    was.ifPresent(value -> map.put("was", value));
    is.ifPresent(value -> map.put("is", value));
    return map;
  }

  private String change() {
    if (was.isEmpty()) {
      return "added";
    }
    return is.isEmpty() ? "removed" : "changed";
  }

  /// As one line for people.
  public String sentence() {
    return object
        + " was "
        + change()
        + was.filter(value -> !value.isBlank()).map(value -> "; was: " + value).orElse("")
        + is.filter(value -> !value.isBlank()).map(value -> "; is: " + value).orElse("");
  }
}
