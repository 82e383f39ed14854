package dev.stipend.budget.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is expected to be spent from now on, added up hour by hour for some weeks, and at one rate
/// beyond: a week more or less of a year's shape is no more known.
final class ExpectedPath {
  private static final int DETAIL = 5 * Profile.WEEK;
  private static final double SECONDS = 3600;

  private final Instant now;
  private final Instant[] ends = new Instant[DETAIL];
  private final double[] sums = new double[DETAIL];
  private final double rateBeyond;

  ExpectedPath(Instant now, Profile profile, Level level) {
    this.now = now;
    long hour = SpendHours.number(now);
    Instant from = now;
    double sum = 0;
    for (int i = 0; i < DETAIL; i++) {
      ends[i] = SpendHours.start(hour + i + 1);
      double length = hours(from, ends[i]);
      double middle = hours(now, from) + length / 2;
      sum += level.at(middle) * profile.weight(hour + i) * length;
      sums[i] = sum;
      from = ends[i];
    }
    rateBeyond = level.at(DETAIL);
  }

  static double hours(Instant from, Instant until) {
    return Duration.between(from, until).toSeconds() / SECONDS;
  }

  /// Spend from now to an instant that is not before now.
  double until(Instant end) {
    int last = (int) Math.min(DETAIL, SpendHours.number(end) - SpendHours.number(now));
    double before = last == 0 ? 0 : sums[last - 1];
    if (last == DETAIL) {
      return before + rateBeyond * hours(ends[DETAIL - 1], end);
    }
    Instant start = last == 0 ? now : ends[last - 1];
    return before + (sums[last] - before) * hours(start, end) / hours(start, ends[last]);
  }

  /// When so much will have been spent, if ever before the end.
  Optional<Instant> reaches(double amount, Instant end) {
    Instant start = now;
    double before = 0;
    for (int i = 0; i < DETAIL; i++) {
      if (sums[i] >= amount) {
        double part = (amount - before) / (sums[i] - before);
        return within(start, hours(start, ends[i]) * part, end);
      }
      start = ends[i];
      before = sums[i];
    }
    return rateBeyond > 0 ? within(start, (amount - before) / rateBeyond, end) : Optional.empty();
  }

  private static Optional<Instant> within(Instant start, double hours, Instant end) {
    double seconds = Math.rint(hours * SECONDS);
    return seconds < Duration.between(start, end).toSeconds()
        ? Optional.of(start.plusSeconds((long) seconds))
        : Optional.empty();
  }
}
