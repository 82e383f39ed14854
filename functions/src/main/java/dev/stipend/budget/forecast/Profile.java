package dev.stipend.budget.forecast;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/// How spend is spread over the hours of a local week: 1 is the average hour.
///
/// Weeks are compared after each was divided by its own mean, so that growth bends nothing. An hour
/// of the week that was seen a few times only is drawn towards what its day and its hour of day say
/// together; a bursty hour would else be expected again for ever.
final class Profile {
  static final int DAY = 24;
  static final int WEEK = 7 * DAY;

  /// As how many observations the expected value of an hour counts.
  private static final double PRIOR_OF_DAYS = 0.3;
  private static final double PRIOR_OF_HOURS = 0.3;
  private static final double PRIOR_OF_CELLS = 3;

  private final ZoneId zone;
  private final double[] weights;

  private Profile(ZoneId zone, double[] weights) {
    this.zone = zone;
    this.weights = weights;
  }

  /// @param values spend of the hours before `until`, oldest first
  /// @param until the number of the hour after the last
  static Profile of(double[] values, long until, ZoneId zone) {
    Profile profile = flat(zone);
    if (values.length >= DAY) {
      profile.learn(values, until);
    }
    return profile;
  }

  /// Every hour is alike.
  static Profile flat(ZoneId zone) {
    double[] weights = new double[WEEK];
    Arrays.fill(weights, 1);
    return new Profile(zone, weights);
  }

  double weight(long hour) {
    return weights[cell(hour)];
  }

  private void learn(double[] values, long until) {
    boolean knowsWeeks = values.length >= WEEK;
    int block = knowsWeeks ? WEEK : values.length / DAY * DAY;
    double[] sums = new double[WEEK];
    int[] counts = new int[WEEK];
    for (int end = values.length; end >= block; end -= block) {
      double mean = Arrays.stream(values, end - block, end).sum() / block;
      for (int i = end - block; mean > 0 && i < end; i++) {
        int cell = cell(until - values.length + i);
        sums[cell] += values[i] / mean;
        counts[cell]++;
      }
    }
    double[] ofHours = new double[DAY];
    Arrays.setAll(ofHours, hour -> mean(sums, counts, hour, DAY, PRIOR_OF_HOURS));
    double[] ofDays = new double[WEEK / DAY];
    Arrays.setAll(
        ofDays, day -> knowsWeeks ? mean(sums, counts, day * DAY, 1, PRIOR_OF_DAYS * DAY) : 1);
    Arrays.setAll(
        weights,
        cell -> {
          double expected = ofHours[cell % DAY] * ofDays[cell / DAY];
          return knowsWeeks
              ? (sums[cell] + PRIOR_OF_CELLS * expected) / (counts[cell] + PRIOR_OF_CELLS)
              : expected;
        });
    double mean = Arrays.stream(weights).sum() / WEEK;
    Arrays.setAll(weights, cell -> weights[cell] / mean);
  }

  /// The mean of some cells of the week, drawn towards the average hour: of every `step`-th from
  /// `first` on for hours of the day, of one day's for a day.
  private static double mean(double[] sums, int[] counts, int first, int step, double prior) {
    double sum = prior;
    double count = prior;
    for (int cell = first; cell < (step == 1 ? first + DAY : WEEK); cell += step) {
      sum += sums[cell];
      count += counts[cell];
    }
    return sum / count;
  }

  private int cell(long hour) {
    Instant start = SpendHours.start(hour);
    ZoneOffset offset = zone.getRules().getOffset(start);
    LocalDateTime local = LocalDateTime.ofEpochSecond(start.getEpochSecond(), 0, offset);
    return (local.getDayOfWeek().getValue() - 1) * DAY + local.getHour();
  }
}
