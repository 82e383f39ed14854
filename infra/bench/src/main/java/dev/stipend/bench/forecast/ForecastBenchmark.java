package dev.stipend.bench.forecast;

import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.forecast.GeneratedTraffic.Kind;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// How far forecasts of generated and real traffic are off when a quarter, half and three quarters
/// of a period are over: mean absolute percentage errors, the plain run-rate's as the limit.
public final class ForecastBenchmark {
  private static final Instant FIRST = Instant.parse("2026-02-01T00:00:00Z");
  private static final int DAYS = 300;
  private static final int QUARTERS = 4;
  private static final int LEAST_REQUESTS = 20;
  private static final String NO_HISTORY = "first period";
  private static final String OFFSETS = "change of offset";

  /// How many periods of a kind are played for each kind of traffic.
  private static final Map<PeriodKind, Integer> PERIODS = new LinkedHashMap<>();

  static {
    PERIODS.put(PeriodKind.HOURLY, 80);
    PERIODS.put(PeriodKind.DAILY, 40);
    PERIODS.put(PeriodKind.WEEKLY, 24);
    PERIODS.put(PeriodKind.MONTHLY, 20);
    PERIODS.put(PeriodKind.QUARTERLY, 8);
    PERIODS.put(PeriodKind.YEARLY, 3);
  }

  private static final List<Instant> CHANGES =
      List.of(Instant.parse("2026-03-29T12:00:00Z"), Instant.parse("2026-10-25T12:00:00Z"));

  private final Map<String, ForecastScore> scores = new LinkedHashMap<>();

  private ForecastBenchmark() {}

  public static List<Figure> run() {
    ForecastBenchmark benchmark = new ForecastBenchmark();
    for (Kind traffic : Kind.values()) {
      for (PeriodKind kind : PERIODS.keySet()) {
        benchmark.play(traffic, kind, SpendHours.REACH, name(traffic));
      }
    }
    for (Kind traffic : Kind.values()) {
      for (PeriodKind kind : PERIODS.keySet()) {
        benchmark.play(traffic, kind, Duration.ZERO, NO_HISTORY);
      }
      benchmark.playChanges(traffic);
    }
    List<Figure> figures = new ArrayList<>(benchmark.figures());
    figures.addAll(RealTrace.figures());
    return figures;
  }

  private void play(Kind traffic, PeriodKind kind, Duration history, String name) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(kind.name().hashCode());
    for (int i = 0; i < PERIODS.getOrDefault(kind, 0); i++) {
      Instant at = FIRST.plusSeconds(random.nextLong(Duration.ofDays(DAYS).toSeconds()));
      long seed = 1000L * (traffic.name() + kind.name()).hashCode() + i;
      play(traffic, seed, period(kind, at), history, List.of(name, name(kind) + " periods"));
    }
  }

  private void playChanges(Kind traffic) {
    for (Instant change : CHANGES) {
      for (PeriodKind kind : List.of(PeriodKind.DAILY, PeriodKind.WEEKLY)) {
        for (int seed = 0; seed < 10; seed++) {
          play(traffic, seed, period(kind, change), SpendHours.REACH, List.of(OFFSETS));
        }
      }
    }
  }

  private void play(Kind kind, long seed, Period period, Duration history, List<String> names) {
    GeneratedTraffic traffic =
        new GeneratedTraffic(kind, seed, period.start().minus(history), period.end());
    if (traffic.requested(period.start(), period.end()) < LEAST_REQUESTS) {
      return;
    }
    double actual = traffic.spent(period.start(), period.end());
    Duration quarter = Duration.between(period.start(), period.end()).dividedBy(QUARTERS);
    for (int over = 1; over < QUARTERS; over++) {
      Instant now = period.start().plus(quarter.multipliedBy(over));
      for (String name : names) {
        String figure = "%s, %d %% over".formatted(name, 100 * over / QUARTERS);
        scores
            .computeIfAbsent(figure, each -> new ForecastScore())
            .add(traffic.at(period, now), actual);
      }
    }
  }

  private List<Figure> figures() {
    return scores.entrySet().stream()
        .map(
            score ->
                new Figure(
                    "forecast, " + score.getKey(),
                    "% off",
                    score.getValue().ours(),
                    OptionalDouble.of(score.getValue().linear()),
                    new Figure.Requirement.RatioAtMost(1)))
        .toList();
  }

  private static Period period(PeriodKind kind, Instant at) {
    return new CalendarCadence(kind, GeneratedTraffic.ZONE, DayOfWeek.MONDAY, 1, 1)
        .periodAt(at)
        .orElseThrow();
  }

  private static String name(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
