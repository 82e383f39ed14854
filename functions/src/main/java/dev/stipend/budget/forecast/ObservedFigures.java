package dev.stipend.budget.forecast;

import dev.stipend.money.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/// What is known of an observation, as numbers.
final class ObservedFigures {
  /// The first minutes are no rate: one request would be taken for thousands.
  static final double LEAST_HOURS = 1 / 12.0;

  private final Observation seen;
  private final Instant from;
  private final double[] values;
  private final long until;

  ObservedFigures(Observation seen) {
    this.seen = seen;
    from = first(seen);
    until = SpendHours.number(seen.now());
    values = seen.recent().values(SpendHours.number(from), until);
  }

  /// Spend of the complete hours, oldest first; not to be changed.
  double[] values() {
    return values;
  }

  /// The number of the hour that is running.
  long until() {
    return until;
  }

  /// The first spend begins a history. Where that is in this period, the whole day of it counts:
  /// that nothing was spent in its first hours is known by then, while the days before may have
  /// been before there was anything to spend for.
  private static Instant first(Observation seen) {
    Instant start = seen.period().start();
    Instant reach = seen.now().minus(SpendHours.REACH);
    Instant spent =
        seen.recent().hours().tailMap(reach, true).entrySet().stream()
            .filter(hour -> hour.getValue().isPositive())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(seen.now());
    if (!spent.isAfter(start) || spent.equals(seen.now())) {
      return spent;
    }
    Instant day = spent.atZone(seen.zone()).toLocalDate().atStartOfDay(seen.zone()).toInstant();
    Instant known = day.isBefore(start) ? start : day;
    return known.isBefore(reach) ? reach : known;
  }

  int days() {
    return values.length / Profile.DAY;
  }

  /// How much of the running hour is over.
  double share() {
    return ExpectedPath.hours(SpendHours.start(until), seen.now());
  }

  double running() {
    return positive(seen.recent().running());
  }

  /// Whether hours add anything to the period's run rate: of the time before it, or of
  /// a whole week. A part of a week would be taken for all its days.
  boolean hasHistory() {
    return values.length > 0
        && !seen.recent().hours().isEmpty()
        && (from.isBefore(seen.period().start()) || values.length >= Profile.WEEK);
  }

  /// The plain run-rate of the period.
  double runRate() {
    return positive(seen.spend())
        / Math.max(ExpectedPath.hours(seen.period().start(), seen.now()), LEAST_HOURS);
  }

  /// How many hours the period had before the known ones.
  double olderHours() {
    return Math.max(0, ExpectedPath.hours(seen.period().start(), from));
  }

  /// What it spent in them.
  double older() {
    return Math.max(0, positive(seen.spend()) - Arrays.stream(values).sum() - running());
  }

  private static double positive(Money money) {
    return Math.max(0, money.amount().doubleValue());
  }
}
