package dev.stipend.platform.json;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Input that is no JSON, or not the JSON that is asked for. Its message holds the first errors,
/// how many more there are, and nothing secret.
public final class InvalidJsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// How many errors are listed. More than anybody reads; who sends half a million wrong fields
  /// gets no answer of their size.
  public static final int MOST_TOLD = 20;

  private final transient List<FieldError> errors;

  public InvalidJsonException(List<FieldError> errors) {
    super(bounded(errors).stream().map(FieldError::toString).collect(Collectors.joining("; ")));
    this.errors = bounded(errors);
  }

  private static List<FieldError> bounded(List<FieldError> errors) {
    return errors.size() <= MOST_TOLD
        ? List.copyOf(errors)
        : Stream.concat(
                errors.stream().limit(MOST_TOLD),
                Stream.of(new FieldError("*", "has %d more".formatted(errors.size() - MOST_TOLD))))
            .toList();
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
