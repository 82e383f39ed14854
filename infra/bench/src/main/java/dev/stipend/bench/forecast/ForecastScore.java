package dev.stipend.bench.forecast;

import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.forecast.Observation;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.time.Period;
import java.time.Duration;

/// How far forecasts were off, ours and the plain run-rate, in percent of what was spent.
final class ForecastScore {
  private int cases;
  private int inRange;
  private double ours;
  private double linear;

  void add(Observation seen, double actual) {
    Forecast forecast = Outlook.of(seen).forecast().orElseThrow();
    double spend = seen.spend().amount().doubleValue();
    double share = share(seen);
    cases++;
    ours += Math.abs(forecast.amount().amount().doubleValue() - actual) / actual;
    linear += Math.abs(spend / share - actual) / actual;
    if (forecast.low().amount().doubleValue() <= actual
        && actual <= forecast.high().amount().doubleValue()) {
      inRange++;
    }
  }

  int cases() {
    return cases;
  }

  double ours() {
    return 100 * ours / cases;
  }

  double linear() {
    return 100 * linear / cases;
  }

  double inRange() {
    return 100.0 * inRange / cases;
  }

  private static double share(Observation seen) {
    Period period = seen.period();
    return (double) Duration.between(period.start(), seen.now()).toSeconds()
        / Duration.between(period.start(), period.end()).toSeconds();
  }
}
