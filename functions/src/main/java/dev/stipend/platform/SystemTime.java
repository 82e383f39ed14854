package dev.stipend.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The world's time, as the system knows it.
final class SystemTime implements InstantSource {
  /// The database's precision: what is answered at once and what is read later are the same.
  private static final Duration MICROSECOND = Duration.ofNanos(1000);

  private final Clock clock = Clock.tick(Clock.systemUTC(), MICROSECOND);

  @Override
  public Instant instant() {
    return clock.instant();
  }
}
