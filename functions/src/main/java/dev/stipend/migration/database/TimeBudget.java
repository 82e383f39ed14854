package dev.stipend.migration.database;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// How much time a run has. Some of it is kept for ending well: 45 s, or a quarter of what little
/// there was at the start.
public final class TimeBudget {
  private static final Duration RESERVE = Duration.ofSeconds(45);
  private static final int LEAST_SHARE = 4;

  private final Optional<Supplier<Duration>> left;
  private final Duration reserve;

  private TimeBudget(Optional<Supplier<Duration>> left, Duration reserve) {
    this.left = left;
    this.reserve = reserve;
  }

  public static TimeBudget unlimited() {
    return new TimeBudget(Optional.empty(), Duration.ZERO);
  }

  /// A budget that runs down.
  ///
  /// @param left asked whenever it matters
  public static TimeBudget of(Supplier<Duration> left) {
    Duration share = left.get().dividedBy(LEAST_SHARE);
    return new TimeBudget(Optional.of(left), share.compareTo(RESERVE) < 0 ? share : RESERVE);
  }

  /// What there is to work with; empty without a limit.
  public Optional<Duration> usable() {
    return left.map(time -> time.get().minus(reserve))
        .map(time -> time.isNegative() ? Duration.ZERO : time);
  }

  /// The smaller of this and what there is to work with.
  public Duration atMost(Duration wanted) {
    return usable().filter(time -> time.compareTo(wanted) < 0).orElse(wanted);
  }

  /// Whether something that takes this long should be begun.
  public boolean hasFor(Duration work) {
    return usable().map(time -> time.compareTo(work) > 0).orElse(true);
  }
}
