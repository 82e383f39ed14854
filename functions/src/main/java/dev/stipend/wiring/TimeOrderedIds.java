package dev.stipend.wiring;

import dev.stipend.sql.RowIds;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Identities of version 7: milliseconds since 1970, then random bits.
@Singleton
final class TimeOrderedIds implements RowIds {
  private static final int RANDOM_IN_HIGH_HALF = 12;
  private static final long VERSION = 7L << RANDOM_IN_HIGH_HALF;
  private static final long VARIANT = 0b10L << 62;

  private final InstantSource clock;

  TimeOrderedIds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = clock.millis() << 16 | VERSION | random.nextLong(1L << RANDOM_IN_HIGH_HALF);
    return new UUID(high, VARIANT | random.nextLong() >>> 2);
  }
}
