package dev.stipend.platform;

import dev.stipend.platform.sql.RowIds;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Identities of version 7: milliseconds since 1970, a count within them, then random bits. Each is
/// above the one before, even if the clock stands still or goes back.
@Singleton
final class TimeOrderedIds implements RowIds {
  private static final int COUNT_BITS = 12;
  private static final long COUNTS = (1L << COUNT_BITS) - 1;
  private static final long VERSION = 7L << COUNT_BITS;
  private static final long VARIANT = 0b10L << 62;

  /// Any other generator would go on alike in all environments that are restored from one snapshot.
  private final SecureRandom random = new SecureRandom();

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();

  TimeOrderedIds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID next() {
    long now = clock.millis() << COUNT_BITS;
    long moment = last.updateAndGet(before -> Math.max(before + 1, now));
    long high = moment >>> COUNT_BITS << 16 | VERSION | (moment & COUNTS);
    return new UUID(high, VARIANT | random.nextLong() >>> 2);
  }
}
