package dev.stipend.bench.evaluation;

import dev.stipend.alert.AlertState;
import dev.stipend.alert.AlertType;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.evaluation.Evaluation;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.bench.figure.Figure;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The function that decides about alerts, by one thread: over counters below their lines, above
/// one that is open, and just crossing.
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class DecisionBenchmark {
  private static final int KINDS = 3;
  private static final double REQUIRED = 1_000_000;
  private static final Instant NOW = Instant.parse("2026-11-15T12:00:00Z");
  private static final Period PERIOD =
      new Period(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));
  private static final PeriodKey KEY =
      new PeriodKey(new UUID(1, 1), new UUID(2, 2), "user-1", PERIOD.start());

  private final EvaluationInput below = at("12.50", List.of());
  private final EvaluationInput open = at("85", List.of(open()));
  private final EvaluationInput crossing = at("101", List.of(open()));

  /// Decides about one of each.
  @Benchmark
  @OperationsPerInvocation(KINDS)
  public void decide(Blackhole sink) {
    sink.consume(Evaluation.decide(below, NOW));
    sink.consume(Evaluation.decide(open, NOW));
    sink.consume(Evaluation.decide(crossing, NOW));
  }

  static Figure run() {
    try {
      double perSecond =
          new Runner(
                  new OptionsBuilder()
                      .include(DecisionBenchmark.class.getName())
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .runSingle()
              .getPrimaryResult()
              .getScore();
      return new Figure(
          "decide about a counter, one thread",
          "/s",
          perSecond,
          OptionalDouble.empty(),
          new Figure.Requirement.AtLeast(REQUIRED));
    } catch (RunnerException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static EvaluationInput at(String spend, List<LoggedAlert> alerts) {
    Budget budget =
        new Budget(
            KEY.workspaceId(),
            KEY.budgetId(),
            "Research",
            Scope.USER,
            KEY.subject(),
            Money.of("100"),
            Optional.empty(),
            new CalendarCadence(PeriodKind.MONTHLY, ZoneOffset.UTC, DayOfWeek.MONDAY, 1, 1),
            List.of(
                Threshold.actual(BigDecimal.valueOf(80)),
                Threshold.actual(BigDecimal.valueOf(100))),
            true,
            OnFailure.CLOSED,
            BudgetStatus.ACTIVE,
            1,
            PERIOD.start(),
            PERIOD.start(),
            PERIOD.start());
    BudgetPeriod counter =
        new BudgetPeriod(
            KEY,
            PERIOD,
            budget.limit(),
            Money.of(spend),
            Money.ZERO,
            1000,
            0,
            true,
            NOW,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new EvaluationInput(budget, counter, alerts, false, Optional.empty());
  }

  private static LoggedAlert open() {
    return new LoggedAlert(
        new UUID(3, 3),
        KEY,
        AlertType.LIMIT_WARNING,
        BigDecimal.valueOf(80),
        AlertState.OPEN,
        NOW,
        Money.of("80"),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }
}
