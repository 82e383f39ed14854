package dev.stipend.json;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Input that is no JSON, or not the JSON that is asked for. Its message holds every error and
/// nothing secret.
public final class InvalidJsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  public InvalidJsonException(List<FieldError> errors) {
    super(errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  public InvalidJsonException(String field, String message) {
    this(List.of(new FieldError(field, message)));
  }

  /// All errors in one line, for a log or a reason.
  public String summary() {
    return Objects.requireNonNull(getMessage());
  }

  public List<FieldError> errors() {
    return errors;
  }
}
