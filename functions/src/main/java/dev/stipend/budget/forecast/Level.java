package dev.stipend.budget.forecast;

import java.util.Arrays;

/// At what rate money is spent, seasons aside: spend of an average hour.
///
/// @param now of late
/// @param growth by which part of it the rate grows each day; slows down with time
/// @param day by how much the last day was above or below it, as a ratio
/// @param momentum the same of the last hours, on top
/// @param noise the standard deviation of a day, as part of the level
record Level(double now, double growth, double day, double momentum, double noise) {
  /// Growth of the last weeks does not go on for ever: after so many days most of it is over.
  private static final double GROWTH_LASTS = 14;

  /// Hours in which what the last hours had more or less than usual fades.
  private static final double MOMENTUM_LASTS = 2.5;

  /// The same of the last day; some are heavier than others from morning to night.
  private static final double DAY_LASTS = 12;

  /// As how many hours of usual spend the belief in the usual counts against the last hours.
  private static final double BELIEF = 1;

  /// The same against the last day.
  private static final double BELIEF_IN_DAYS = 8;

  /// The weight, in hours, of the last hours against the one that is running.
  private static final double BELIEF_IN_LAST_HOURS = 0.25;

  static Level runRate(double rate) {
    return new Level(rate, 0, 1, 1, 0);
  }

  /// Of less than a day.
  static Level flat(ObservedFigures known, Profile profile) {
    double spent = Arrays.stream(known.values()).sum() + known.running();
    double level =
        spent / Math.max(known.values().length + known.share(), ObservedFigures.LEAST_HOURS);
    return of(known, profile, new Trend(level, 0, 0));
  }

  static Level of(ObservedFigures known, Profile profile) {
    return of(known, profile, Trend.of(known, profile));
  }

  /// What the last hours cost as a part of what they usually do.
  private static double lately(
      ObservedFigures known, Profile profile, double level, double lasts, double belief) {
    double[] values = known.values();
    double seen = belief * level;
    double usual = belief * level;
    for (int back = 1; back <= Math.min(values.length, 2 * Profile.DAY); back++) {
      double factor = Math.exp((1 - back) / lasts);
      seen += factor * values[values.length - back];
      usual += factor * level * profile.weight(known.until() - back);
    }
    return seen / usual;
  }

  private static Level of(ObservedFigures known, Profile profile, Trend trend) {
    double level = trend.level();
    if (level <= 0) {
      return new Level(0, 0, 1, 1, 0);
    }
    double day = lately(known, profile, level, DAY_LASTS, BELIEF_IN_DAYS);
    double lately = lately(known, profile, level, MOMENTUM_LASTS, BELIEF);
    double hour = level * profile.weight(known.until());
    double belief = BELIEF_IN_LAST_HOURS * hour + level / 100;
    double momentum = (known.running() + belief * lately) / (known.share() * hour + belief);
    return new Level(level, trend.growth(), day, momentum / day, trend.noise());
  }

  /// The expected rate of an hour to come, as a multiple of the profile's weight.
  ///
  /// @param hours from now
  double at(double hours) {
    double grown =
        1 + growth * GROWTH_LASTS * (1 - Math.exp(-hours / (Profile.DAY * GROWTH_LASTS)));
    double fading = 1 + (day - 1) * Math.exp(-hours / DAY_LASTS);
    return now * grown * fading * (1 + (momentum - 1) * Math.exp(-hours / MOMENTUM_LASTS));
  }
}
