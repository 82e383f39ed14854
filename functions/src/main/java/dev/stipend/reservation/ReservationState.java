package dev.stipend.reservation;

/// Where a reservation is in its life.
public enum ReservationState {
  /// It holds headroom, until it expires.
  HELD,
  /// What it was for is recorded.
  SETTLED,
  /// It was given up.
  RELEASED
}
