package dev.stipend.usecase.source;

/// A source cannot be connected beside another. The message says which, for people.
public final class SourceTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SourceTakenException(String message) {
    super(message);
  }
}
