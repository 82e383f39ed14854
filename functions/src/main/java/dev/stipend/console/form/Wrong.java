package dev.stipend.console.form;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong with a form.
///
/// @param fields by the names of fields, in their order
public record Wrong(Map<String, String> fields) {
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  public boolean has(String field) {
    return fields.containsKey(field);
  }

  /// What is wrong with a field; empty where nothing is.
  public String of(String field) {
    return fields.getOrDefault(field, "");
  }

  /// What `aria-invalid` says of a field.
  public @Nullable String invalid(String field) {
    return has(field) ? "true" : null;
  }

  /// What `aria-describedby` says of a field.
  ///
  /// @param hint the id of what explains it; empty for none
  public @Nullable String described(String field, String hint) {
    String ids = (hint + (has(field) ? " " + field + "-wrong" : "")).strip();
    return ids.isEmpty() ? null : ids;
  }
}
