package dev.stipend.migrate;

/// A verb could not do its work; the message is the cause's, and holds no secret.
public final class MigrationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MigrationFailedException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
