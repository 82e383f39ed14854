package dev.stipend.ingest.format;

import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import java.util.Map;
import java.util.stream.Collectors;

/// How the sender of an event calls its fields.
///
/// @param prefix where in the message the event stands; before every field that has no name here
/// @param names the sender's names by the native ones
record FieldNames(String prefix, Map<String, String> names) {
  /// A native event that is the message itself.
  static final FieldNames AS_SENT = new FieldNames("", Map.of());

  /// What is wrong, in the sender's words.
  String explain(InvalidJsonException wrong) {
    return wrong.errors().stream().map(this::rename).collect(Collectors.joining("; "));
  }

  private String rename(FieldError error) {
    String field = error.field();
    String name = names.get(field.split("[.\\[]", 2)[0]);
    return new FieldError(name == null ? prefix + field : name, error.message()).toString();
  }
}
