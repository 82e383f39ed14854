package dev.stipend.time;

import java.time.Duration;

/// How much time a run has left. It is asked whenever it matters, because it runs down meanwhile.
@FunctionalInterface
public interface TimeLeft {
  /// A run that nobody ends.
  TimeLeft UNLIMITED = () -> Duration.ofDays(1);

  /// As long as some time has not passed from now on.
  static TimeLeft within(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> Duration.ofNanos(end - System.nanoTime());
  }

  /// What is left; negative when more was used.
  Duration get();

  /// Whether nothing is left.
  default boolean isUsedUp() {
    return !get().isPositive();
  }

  /// The smaller of this and what is left.
  default Duration atMost(Duration wanted) {
    Duration left = get();
    return left.compareTo(wanted) < 0 ? left : wanted;
  }

  /// The same without what is kept for something else.
  default TimeLeft without(Duration kept) {
    return () -> get().minus(kept);
  }

  /// An equal part of what is left now.
  ///
  /// @param parts into how many it is divided
  default TimeLeft share(int parts) {
    Duration left = get();
    return without(left.minus(left.dividedBy(parts)));
  }
}
