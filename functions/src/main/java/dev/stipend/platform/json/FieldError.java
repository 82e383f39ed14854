package dev.stipend.platform.json;

import io.micronaut.serde.annotation.Serdeable;

/// What is wrong with one field.
///
/// @param field its path, as `thresholds[1].percent`
/// @param message what is wrong and what would be right; reads on from the field's name, or is a
///     sentence
@Serdeable
public record FieldError(String field, String message) {
  @Override
  public String toString() {
    if (field.isEmpty()) {
      return message;
    }
    boolean isSentence = !message.isEmpty() && Character.isUpperCase(message.charAt(0));
    return field + (isSentence ? ": " : " ") + message;
  }
}
