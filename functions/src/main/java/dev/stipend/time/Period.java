package dev.stipend.time;

import java.time.Instant;

/// A half-open interval of instants.
///
/// @param start the first instant inside
/// @param end the first instant after it
public record Period(Instant start, Instant end) {
  /// The end of a period that has none: the last year that every database and calendar agrees on.
  public static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

  /// The earliest time that they agree on.
  public static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  /// Whether databases and calendars know this time.
  public static boolean isStorable(Instant at) {
    return !at.isBefore(BEGINNING) && !at.isAfter(FOREVER);
  }

  /// @throws IllegalArgumentException if the interval is empty or reversed
  public Period {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("period start " + start + " is not before its end " + end);
    }
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  public boolean hasEnded(Instant now) {
    return !now.isBefore(end);
  }
}
