package dev.stipend.bench.enforcement;

import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.Load;
import dev.stipend.bench.environment.Load.Operation;
import dev.stipend.bench.environment.Load.Seen;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/// Reserving, settling and validating by 1, 8 and 64 clients, against one hot budget and against
/// many, beside one durable update, and one indexed read, of one row through the same driver and
/// pool.
public final class EnforcementBenchmark {
  private static final int MANY = 10_000;
  private static final int POOL = 8;
  private static final int ROUNDS = Integer.getInteger("stipend.bench.rounds", 5);
  private static final double SECONDS = 1.5;
  private static final double REQUIRED_RATE = 0.4;
  private static final double REQUIRED_P99 = 4;
  private static final double REQUIRED_READ = 1.5;

  private EnforcementBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    String url = postgres.create("enforcement");
    List<Figure> figures = new ArrayList<>();
    try (StipendUnderTest stipend = new StipendUnderTest(url, queue, POOL)) {
      EnforcedBudgets budgets = new EnforcedBudgets(stipend.context(), MANY);
      warmUp(budgets);
      for (int clients : List.of(1, 8, 64)) {
        figures.addAll(measure(budgets, clients, "one budget", () -> 0));
        figures.addAll(
            measure(
                budgets,
                clients,
                "%,d budgets".formatted(MANY),
                () -> ThreadLocalRandom.current().nextInt(MANY)));
      }
    }
    return figures;
  }

  private static void warmUp(EnforcedBudgets budgets) {
    for (Operation each : operations(budgets, () -> 1).values()) {
      Load.run(POOL, 3 * SECONDS, each);
    }
  }

  private static Map<String, Operation> operations(EnforcedBudgets budgets, IntSupplier place) {
    return Map.of(
        "update", client -> budgets.updatePlain(place.getAsInt()),
        "read", client -> budgets.readPlain(place.getAsInt()),
        "reserve", client -> budgets.reserve(place.getAsInt()),
        "settle", client -> budgets.reserveAndSettle(place.getAsInt()),
        "validate", client -> budgets.validate(place.getAsInt()));
  }

  private static List<Figure> measure(
      EnforcedBudgets budgets, int clients, String what, IntSupplier place) {
    Medians seen = new Medians();
    List<Map.Entry<String, Operation>> sides = List.copyOf(operations(budgets, place).entrySet());
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Operation> side : Medians.turn(sides, round)) {
        Seen result = Load.run(clients, SECONDS, side.getValue());
        seen.add(side.getKey() + " rate", result.perSecond());
        seen.add(side.getKey() + " p50", result.p50());
        seen.add(side.getKey() + " p99", result.p99());
      }
    }
    String where = ", %d client%s, %s".formatted(clients, clients == 1 ? "" : "s", what);
    Figure.Requirement nothing = new Figure.Requirement.Nothing();
    return List.of(
        rate(seen, "reserve", "update", where, new Figure.Requirement.RatioAtLeast(REQUIRED_RATE)),
        time(seen, "reserve", "update", "p50", where, nothing),
        time(
            seen,
            "reserve",
            "update",
            "p99",
            where,
            new Figure.Requirement.RatioAtMost(REQUIRED_P99)),
        rate(seen, "settle", "update", where, nothing),
        time(seen, "settle", "update", "p50", where, nothing),
        time(seen, "settle", "update", "p99", where, nothing),
        time(
            seen,
            "validate",
            "read",
            "p50",
            where,
            new Figure.Requirement.RatioAtMost(REQUIRED_READ)),
        time(seen, "validate", "read", "p99", where, nothing));
  }

  private static Figure rate(
      Medians seen, String side, String limit, String where, Figure.Requirement required) {
    return new Figure(
        shown(side) + where,
        "/s",
        seen.of(side + " rate"),
        OptionalDouble.of(seen.of(limit + " rate")),
        required);
  }

  private static Figure time(
      Medians seen,
      String side,
      String limit,
      String part,
      String where,
      Figure.Requirement required) {
    return new Figure(
        shown(side) + " " + part + where,
        "ms",
        seen.of(side + " " + part),
        OptionalDouble.of(seen.of(limit + " " + part)),
        required);
  }

  private static String shown(String side) {
    return side.equals("settle") ? "reserve and settle" : side;
  }
}
