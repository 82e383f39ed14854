package dev.stipend.ingest.bulk;

/// A file cannot be used; the message says why, and what to do.
public final class UnusableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableFileException(String message) {
    super(message);
  }

  public UnusableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
