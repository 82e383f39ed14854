package dev.stipend.enforcement;

import jakarta.inject.Singleton;
import java.time.Instant;

/// Ends what has expired and nobody needed. Nothing depends on when: an expired hold is free
/// already.
@Singleton
public class HoldExpiry {
  private static final int AT_ONCE = 500;

  private final HoldRepository holds;

  HoldExpiry(HoldRepository holds) {
    this.holds = holds;
  }

  /// Ends all holds that have expired, a few at a time. Answers how many.
  public int expire(Instant now) {
    int total = 0;
    int ended;
    do {
      ended = holds.expireAny(AT_ONCE, now);
      total += ended;
    } while (ended > 0);
    return total;
  }
}
