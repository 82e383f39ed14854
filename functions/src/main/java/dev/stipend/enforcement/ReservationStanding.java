package dev.stipend.enforcement;

/// How a reservation stands at an instant.
public enum ReservationStanding {
  /// It holds headroom.
  HELD,
  /// It was not ended in time, and holds nothing any more.
  EXPIRED,
  /// What it was for is recorded.
  SETTLED,
  /// It was given up.
  RELEASED
}
