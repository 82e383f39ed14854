package dev.stipend.bench.evaluation;

import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Sweeping the same number of dirty counters among many budgets and among few.
public final class SweepBenchmark {
  private static final int MANY = 100_000;
  private static final int FEW = 1_000;
  private static final int DIRTY = 1_000;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = 9;
  private static final double REQUIRED_RATIO = 2;
  private static final double REQUIRED_IDLE = 5;
  private static final double REQUIRED_OF_ALL = 10;
  private static final double REQUIRED_MILLIS_OF_ALL = 5000;
  private static final int ROUNDS_OF_ALL = 3;

  /// What the dirty counters of a round are like.
  private enum Work {
    NOTHING("sweep, nothing due", 0),
    QUIET("sweep, 1,000 dirty", 10),
    ALERTING("sweep, 1,000 dirty and alerting", 85);

    final String title;

    /// Spend of the dirty counters in percent of their limit.
    final int percent;

    Work(String title, int percent) {
      this.title = title;
      this.percent = percent;
    }
  }

  private SweepBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    try (SweptBudgets many = SweptBudgets.create(postgres, queue, MANY);
        SweptBudgets few = SweptBudgets.create(postgres, queue, FEW)) {
      List<Figure> figures = new ArrayList<>();
      figures.add(DecisionBenchmark.run());
      figures.addAll(all(many));
      figures.addAll(
          List.of(
              figure(Work.NOTHING, many, few, new Figure.Requirement.AtMost(REQUIRED_IDLE)),
              figure(Work.QUIET, many, few, new Figure.Requirement.RatioAtMost(REQUIRED_RATIO)),
              figure(
                  Work.ALERTING, many, few, new Figure.Requirement.RatioAtMost(REQUIRED_RATIO))));
      return figures;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Figure figure(
      Work work, SweptBudgets many, SweptBudgets few, Figure.Requirement required)
      throws SQLException {
    Medians times = new Medians();
    List<Map.Entry<String, SweptBudgets>> sides =
        List.of(Map.entry("few", few), Map.entry("many", many));
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (Map.Entry<String, SweptBudgets> side : Medians.turn(sides, round)) {
        double milliseconds = sweep(side.getValue(), work, round);
        if (round >= WARM_UP_ROUNDS) {
          times.add(side.getKey(), milliseconds);
        }
      }
    }
    return new Figure(
        work.title, "ms", times.of("many"), OptionalDouble.of(times.of("few")), required);
  }

  /// Every counter is dirty; beside reading their rows once, and beside writing them once, which is
  /// the least that marking them as evaluated costs.
  private static List<Figure> all(SweptBudgets budgets) throws SQLException {
    Medians times = new Medians();
    for (int round = 0; round < 1 + ROUNDS_OF_ALL; round++) {
      budgets.markDirty(MANY, round, Work.QUIET.percent);
      long start = System.nanoTime();
      budgets.sweep(MANY);
      long swept = System.nanoTime();
      budgets.readAll(MANY);
      long read = System.nanoTime();
      budgets.markDirty(MANY, round, Work.QUIET.percent);
      long marked = System.nanoTime();
      budgets.markEvaluated();
      if (round > 0) {
        times.add("sweep", (swept - start) / 1e6);
        times.add("select", (read - swept) / 1e6);
        times.add("update", (System.nanoTime() - marked) / 1e6);
      }
    }
    String name = "sweep, %,d dirty".formatted(MANY);
    double sweep = times.of("sweep");
    return List.of(
        new Figure(
            name,
            "ms",
            sweep,
            OptionalDouble.empty(),
            new Figure.Requirement.AtMost(REQUIRED_MILLIS_OF_ALL)),
        new Figure(
            name + ", to reading them",
            "ms",
            sweep,
            OptionalDouble.of(times.of("select")),
            new Figure.Requirement.RatioAtMost(REQUIRED_OF_ALL)),
        new Figure(
            name + ", to one plain UPDATE of them",
            "ms",
            sweep,
            OptionalDouble.of(times.of("update")),
            new Figure.Requirement.Nothing()));
  }

  private static double sweep(SweptBudgets budgets, Work work, int round) throws SQLException {
    int dirty = work == Work.NOTHING ? 0 : DIRTY;
    if (dirty > 0) {
      budgets.markDirty(dirty, round, work.percent);
    }
    long start = System.nanoTime();
    budgets.sweep(dirty);
    double milliseconds = (System.nanoTime() - start) / 1e6;
    budgets.clearAlerts(work == Work.ALERTING ? dirty : 0);
    return milliseconds;
  }
}
