package dev.stipend.bench.forecast;

import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.forecast.GeneratedTraffic.Kind;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.forecast.UnusualActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/// Which of the hours that had something added to them are found, and how many others are, over
/// four weeks after four of history. What is added is 4 to 12 times what the hour had, or an
/// average hour where that is more. Traffic with runs of its own is left out: which of its hours
/// are unusual nobody can say.
public final class UnusualActivityBenchmark {
  private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");
  private static final int WEEKS = 8;
  private static final int WEEKS_OF_HISTORY = 4;
  private static final int HOURS_OF_WEEK = 168;
  private static final int SEEDS = 5;
  private static final int ANOMALIES = 12;
  private static final double LEAST_FOUND = 80;
  private static final double LEAST_RIGHT = 90;

  private UnusualActivityBenchmark() {}

  public static List<Figure> run() {
    return Stream.of(Kind.OFFICE, Kind.ALWAYS, Kind.GROWING, Kind.NIGHTLY)
        .flatMap(kind -> figures(kind).stream())
        .toList();
  }

  private static List<Figure> figures(Kind kind) {
    int added = 0;
    int found = 0;
    int right = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      GeneratedTraffic traffic =
          new GeneratedTraffic(kind, seed, FROM, FROM.plus(Duration.ofDays(7 * WEEKS)));
      Set<Integer> anomalies = add(traffic, seed);
      added += anomalies.size();
      for (int hour = WEEKS_OF_HISTORY * HOURS_OF_WEEK; hour < WEEKS * HOURS_OF_WEEK; hour++) {
        SpendHours known = traffic.hours(at(hour + 1));
        if (UnusualActivity.find(known, GeneratedTraffic.ZONE, at(hour + 1)).isPresent()) {
          found++;
          right += anomalies.contains(hour) ? 1 : 0;
        }
      }
    }
    String name = "unusual activity, " + kind.name().toLowerCase(Locale.ROOT);
    return List.of(
        figure(name + ", precision", right, found, LEAST_RIGHT),
        figure(name + ", recall", right, added, LEAST_FOUND));
  }

  private static Set<Integer> add(GeneratedTraffic traffic, int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double average = traffic.spent(FROM, at(WEEKS * HOURS_OF_WEEK)) / (WEEKS * HOURS_OF_WEEK);
    Set<Integer> hours = new HashSet<>();
    while (hours.size() < ANOMALIES) {
      int hour = random.nextInt(WEEKS_OF_HISTORY * HOURS_OF_WEEK, WEEKS * HOURS_OF_WEEK);
      if (hours.add(hour)) {
        double usual = Math.max(average, traffic.spent(at(hour), at(hour + 1)));
        traffic.add(at(hour), usual * random.nextDouble(4, 12));
      }
    }
    return hours;
  }

  private static Figure figure(String name, int part, int whole, double least) {
    return new Figure(
        name,
        "%",
        whole == 0 ? 0 : 100.0 * part / whole,
        OptionalDouble.empty(),
        new Figure.Requirement.AtLeast(least));
  }

  private static Instant at(int hour) {
    return FROM.plus(Duration.ofHours(hour));
  }
}
