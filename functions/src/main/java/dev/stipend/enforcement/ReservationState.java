package dev.stipend.enforcement;

/// Where a reservation is in its life, as it is kept. That it has expired follows from the time;
/// see {@link ReservationStanding}.
public enum ReservationState {
  /// It holds headroom, until it expires.
  HELD,
  /// What it was for is recorded.
  SETTLED,
  /// It was given up.
  RELEASED
}
