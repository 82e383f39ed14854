package dev.stipend.ingest.objects;

/// An object that will be as unusable the next time. Its message says what is wrong with it.
public final class UnusableObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableObjectException(String reason) {
    super(reason);
  }

  public UnusableObjectException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
