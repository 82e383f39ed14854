package dev.stipend.budget.forecast;

/// How far what comes may be from what is expected, as a factor up and down.
///
/// @param daily the standard deviation of a day's spend, as part of it
/// @param level how unsure the level is, as part of it
record Spread(double daily, double level) {
  /// Standard deviations within which eight of ten cases are.
  private static final double EIGHT_OF_TEN = 1.2816;

  private static final double LEAST_DAILY = 0.1;
  private static final double UNKNOWN = 0.8;

  /// Hours and days next to each other are alike: they even out less than if they were not.
  private static final double ALIKE = 1.3;

  private static final double DRIFT_OF_A_WEEK = 0.03;
  private static final double MOST = 1.5;

  /// @param days of history
  /// @param requests that the period has seen
  static Spread of(Level level, int days, long requests) {
    if (days < 7) {
      return new Spread(UNKNOWN, UNKNOWN + 1 / Math.sqrt(1.0 + requests));
    }
    double daily = Math.max(LEAST_DAILY, level.noise());
    return new Spread(daily, (daily + 1.0 / days) / Math.sqrt(Math.min(days, 14)));
  }

  /// @param hours that are still to come
  double factor(double hours) {
    double days = Math.max(hours, 1) / Profile.DAY;
    double drift = DRIFT_OF_A_WEEK * Math.min(days / 7, 8);
    double ahead = ALIKE * daily * Math.pow(days, days < 1 ? -0.25 : -0.5);
    double deviation = Math.sqrt(ahead * ahead + level * level + drift * drift);
    return Math.exp(EIGHT_OF_TEN * Math.min(deviation, MOST));
  }
}
