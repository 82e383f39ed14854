package dev.stipend.reservation;

/// The database does not answer, and a budget that counts the work refuses what it cannot verify.
public final class UnverifiableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnverifiableException() {
    super("A hard limit could not be verified, because the database does not answer.");
  }
}
