package dev.stipend.report.spend;

import java.time.Duration;
import java.time.Instant;

/// The quarters of an hour, in UTC, that the rollup sums.
final class QuarterHours {
  static final Duration LENGTH = Duration.ofMinutes(15);

  private QuarterHours() {}

  /// The start of the quarter that contains the instant.
  static Instant floor(Instant instant) {
    long second = instant.getEpochSecond();
    return Instant.ofEpochSecond(second - Math.floorMod(second, LENGTH.toSeconds()));
  }

  /// The first start of a quarter that is not before the instant.
  static Instant ceiling(Instant instant) {
    return startsAt(instant) ? instant : floor(instant).plus(LENGTH);
  }

  static boolean startsAt(Instant instant) {
    return floor(instant).equals(instant);
  }
}
