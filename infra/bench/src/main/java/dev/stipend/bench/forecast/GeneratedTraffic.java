package dev.stipend.bench.forecast;

import dev.stipend.budget.forecast.Observation;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Spend by the quarter of an hour as teams of agents make it, the same for the same seed: requests
/// of unlike cost at random, at a rate that follows the local week, with good and bad days and
/// hours.
final class GeneratedTraffic {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Duration QUARTER = Duration.ofMinutes(15);

  private static final double REQUESTS = 12;
  private static final double COST = 0.05;
  private static final double UNLIKE_COSTS = 1;
  private static final double UNLIKE_DAYS = 0.2;
  private static final double UNLIKE_HOURS = 0.35;
  private static final double SAME_AS_LAST_HOUR = 0.7;
  private static final double WEEKLY_GROWTH = 0.06;
  private static final double LULL = 0.05;

  /// Who works when.
  enum Kind {
    /// Office hours, with quiet nights and weekends.
    OFFICE,
    /// Day and night alike, as products do that people use everywhere.
    ALWAYS,
    /// Office hours of a team that grows.
    GROWING,
    /// Office hours with runs of some hours that cost several times as much, at any time.
    BURSTS,
    /// Most of it in a job at night.
    NIGHTLY;

    double rate(ZonedDateTime at) {
      boolean weekend = at.getDayOfWeek().getValue() > 5;
      double hour = at.getHour() + at.getMinute() / 60.0;
      double day = Math.exp(-Math.pow((hour - 14) / 3.8, 2));
      return switch (this) {
        case OFFICE, GROWING, BURSTS -> (weekend ? 0.15 : 1) * (LULL + 2.5 * day);
        case ALWAYS -> 0.8 + 0.4 * day;
        case NIGHTLY -> (weekend ? 0.3 : 1) * (0.2 + day / 2) + (at.getHour() == 2 ? 8 : 0);
      };
    }
  }

  private final Instant from;
  private final double[] spend;
  private final long[] requests;
  private final RandomGenerator random;

  /// Traffic from one instant to another, both on quarters of an hour.
  GeneratedTraffic(Kind kind, long seed, Instant from, Instant until) {
    this.from = from;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int quarters = (int) Duration.between(from, until).dividedBy(QUARTER);
    spend = new double[quarters];
    requests = new long[quarters];
    double day = 0;
    double hour = 0;
    double burst = 1;
    for (int i = 0; i < quarters; i++) {
      ZonedDateTime at = from.plus(QUARTER.multipliedBy(i)).atZone(ZONE);
      if (at.getHour() == 0 && at.getMinute() == 0) {
        day = UNLIKE_DAYS * random.nextGaussian();
      }
      if (at.getMinute() == 0) {
        hour =
            SAME_AS_LAST_HOUR * hour
                + UNLIKE_HOURS
                    * Math.sqrt(1 - SAME_AS_LAST_HOUR * SAME_AS_LAST_HOUR)
                    * random.nextGaussian();
        burst = kind == Kind.BURSTS ? nextBurst(burst) : 1;
      }
      double growth =
          kind == Kind.GROWING ? Math.pow(1 + WEEKLY_GROWTH, Math.min(i / 672.0, 26)) : 1;
      double rate =
          REQUESTS * (kind.rate(at) * Math.exp(day + hour) * growth + (burst > 1 ? burst : 0));
      requests[i] = count(rate);
      for (int n = 0; n < requests[i]; n++) {
        spend[i] += COST * Math.exp(UNLIKE_COSTS * random.nextGaussian());
      }
    }
  }

  private double nextBurst(double now) {
    if (now > 1) {
      return random.nextDouble() < 0.4 ? 1 : now;
    }
    return random.nextDouble() < 0.02 ? 3 + 4 * random.nextDouble() : 1;
  }

  /// A Poisson number; by its normal limit where it is large.
  private long count(double rate) {
    if (rate > 50) {
      return Math.max(0, Math.round(rate + Math.sqrt(rate) * random.nextGaussian()));
    }
    double limit = Math.exp(-rate);
    double product = random.nextDouble();
    long count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  double spent(Instant start, Instant end) {
    double sum = 0;
    for (int i = place(start); i < place(end); i++) {
      sum += spend[i];
    }
    return sum;
  }

  long requested(Instant start, Instant end) {
    long sum = 0;
    for (int i = place(start); i < place(end); i++) {
      sum += requests[i];
    }
    return sum;
  }

  /// Spends so much more in the hour that starts at an instant.
  void add(Instant hour, double more) {
    spend[place(hour)] += more;
  }

  /// What is known at an instant of a period.
  Observation at(Period period, Instant now) {
    return new Observation(
        period,
        ZONE,
        now,
        money(spent(period.start(), now)),
        requested(period.start(), now),
        hours(now));
  }

  /// Hours as they are known at an instant.
  SpendHours hours(Instant now) {
    NavigableMap<Instant, Money> hours = new TreeMap<>();
    Instant running = Instant.ofEpochSecond(now.getEpochSecond() / 3600 * 3600);
    Instant first = running.minus(SpendHours.REACH);
    for (Instant hour = first; hour.isBefore(running); hour = hour.plusSeconds(3600)) {
      if (!hour.isBefore(from)) {
        double cost = spent(hour, hour.plusSeconds(3600));
        if (cost > 0) {
          hours.put(hour, money(cost));
        }
      }
    }
    return new SpendHours(hours, money(spent(running.isBefore(from) ? from : running, now)));
  }

  private int place(Instant at) {
    return (int) Duration.between(from, at).dividedBy(QUARTER);
  }

  static Money money(double amount) {
    return new Money(new BigDecimal(amount).setScale(Money.DECIMALS, RoundingMode.HALF_UP));
  }
}
