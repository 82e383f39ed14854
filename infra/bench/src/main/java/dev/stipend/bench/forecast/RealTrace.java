package dev.stipend.bench.forecast;

import dev.stipend.bench.figure.Figure;
import dev.stipend.budget.forecast.Observation;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.time.Period;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// An hour of requests as they were, from a file of the Azure LLM inference traces
/// (`TIMESTAMP,ContextTokens,GeneratedTokens`) that `-Dstipend.bench.trace` names, as a period of
/// its own. It is all the history there is.
final class RealTrace {
  private static final double INPUT = 2.5e-6;
  private static final double OUTPUT = 10e-6;
  private static final int QUARTERS = 4;

  private record Request(Instant at, double cost) {}

  private RealTrace() {}

  static List<Figure> figures() {
    String file = System.getProperty("stipend.bench.trace", "");
    if (file.isEmpty() || !Files.isReadable(Path.of(file))) {
      System.out.println("no real trace: name one by -Dstipend.bench.trace=FILE.csv");
      return List.of();
    }
    List<Request> requests = read(Path.of(file));
    Instant start = requests.getFirst().at();
    Period period = new Period(start, requests.getLast().at().plusSeconds(1));
    double actual = spent(requests, period.end());
    Duration quarter = Duration.between(start, period.end()).dividedBy(QUARTERS);
    List<Figure> figures = new ArrayList<>();
    for (int over = 1; over < QUARTERS; over++) {
      ForecastScore score = new ForecastScore();
      score.add(seen(requests, period, start.plus(quarter.multipliedBy(over))), actual);
      figures.add(
          new Figure(
              "forecast, real trace, %d %% over".formatted(100 * over / QUARTERS),
              "% off",
              score.ours(),
              OptionalDouble.of(score.linear()),
              new Figure.Requirement.Nothing()));
    }
    return figures;
  }

  private static Observation seen(List<Request> requests, Period period, Instant now) {
    double spend = spent(requests, now);
    long count = requests.stream().filter(each -> each.at().isBefore(now)).count();
    SpendHours hours = new SpendHours(new TreeMap<>(), GeneratedTraffic.money(spend));
    return new Observation(
        period, ZoneOffset.UTC, now, GeneratedTraffic.money(spend), count, hours);
  }

  private static double spent(List<Request> requests, Instant until) {
    return requests.stream()
        .filter(each -> each.at().isBefore(until))
        .mapToDouble(Request::cost)
        .sum();
  }

  private static List<Request> read(Path file) {
    try {
      return Files.readAllLines(file).stream().skip(1).map(RealTrace::request).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Request request(String line) {
    String[] cells = line.split(",", -1);
    return new Request(
        Instant.parse(cells[0].replace(' ', 'T') + "Z"),
        Long.parseLong(cells[1]) * INPUT + Long.parseLong(cells[2]) * OUTPUT);
  }
}
