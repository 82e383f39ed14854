package dev.stipend.enforcement;

/// A reservation has ended in a way that forbids what was asked of it.
public final class ReservationEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReservationEndedException(String message) {
    super(message);
  }
}
