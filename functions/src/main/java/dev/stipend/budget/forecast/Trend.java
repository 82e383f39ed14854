package dev.stipend.budget.forecast;

/// The rate of late and its growth: a straight line through the days before now, each of which is
/// divided by what its hours usually cost.
///
/// Growth counts as far as it stands out of the noise of days; where it does not, the rate is the
/// mean of all that is known, the longest run-rate there is.
///
/// @param level the rate now
/// @param growth by which part of it the rate grows each day
/// @param noise the standard deviation of a day, as part of the rate
record Trend(double level, double growth, double noise) {
  private static final double HALF_LIFE = 56;
  private static final int LEAST_DAYS = 28;
  private static final double MOST_GROWTH = 0.04;

  /// A slope of so many standard errors is taken for noise; from there on it counts more and more.
  private static final double STANDS_OUT = 2.2;

  /// A difference of so many standard errors makes what was spent longer ago count half.
  private static final double DIFFERS = 2;

  static Trend of(ObservedFigures known, Profile profile) {
    double[] values = known.values();
    int days = known.days();
    double[] rates = new double[days];
    double[] weights = new double[days];
    double total = 0;
    double squares = 0;
    double x = 0;
    double y = 0;
    for (int day = 0; day < days; day++) {
      double spent = 0;
      double usual = 0;
      for (int back = day * Profile.DAY + 1; back <= (day + 1) * Profile.DAY; back++) {
        spent += values[values.length - back];
        usual += profile.weight(known.until() - back);
      }
      rates[day] = usual > 0 ? spent / usual : 0;
      weights[day] = Math.pow(0.5, day / HALF_LIFE) * usual;
      total += weights[day];
      squares += weights[day] * weights[day];
      x += weights[day] * -(day + 0.5);
      y += weights[day] * rates[day];
    }
    if (y <= 0) {
      return new Trend(0, 0, 0);
    }
    x /= total;
    y /= total;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int day = 0; day < days; day++) {
      double off = -(day + 0.5) - x;
      xx += weights[day] * off * off;
      xy += weights[day] * off * (rates[day] - y);
      yy += weights[day] * (rates[day] - y) * (rates[day] - y);
    }
    double slope = xx > 0 ? xy / xx : 0;
    double rest = Math.max(0, yy - slope * xy) / total;
    double observations = total * total / squares;
    double error = rest * total / observations / xx * days / Math.max(1, days - 8);
    double out = slope * slope / Math.max(error, Double.MIN_NORMAL);
    double counts =
        days < LEAST_DAYS ? 0 : Math.max(0, 1 - STANDS_OUT * STANDS_OUT / Math.max(out, 1e-9));
    double growth = Math.clamp(counts * slope / y, -MOST_GROWTH, MOST_GROWTH);
    double noise = Math.sqrt(rest) / y;
    double mean = withOlder(known, y, noise * y / Math.sqrt(observations), observations, counts);
    return new Trend(mean * (1 - growth * x), growth, noise);
  }

  /// The mean together with what the period spent before the hours that are known, the less the
  /// more it differs from what came later.
  private static double withOlder(
      ObservedFigures known, double mean, double error, double observations, double trend) {
    double days = known.olderHours() / Profile.DAY;
    if (days <= 0) {
      return mean;
    }
    double older = known.older() / known.olderHours();
    double differs = (older - mean) / Math.max(error * DIFFERS, Double.MIN_NORMAL);
    double weight = days * (1 - trend) * Math.exp(-differs * differs * Math.log(2));
    return (mean * observations + older * weight) / (observations + weight);
  }
}
