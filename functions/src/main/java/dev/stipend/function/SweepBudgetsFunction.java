package dev.stipend.function;

import dev.stipend.alert.Sweep;
import dev.stipend.alert.SweepReport;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;

/// Sweeps on a schedule, or when invoked.
public class SweepBudgetsFunction
    extends MicronautRequestHandler<Map<String, Object>, Map<String, Object>> {
  @Inject Sweep sweep;
  @Inject InstantSource clock;

  public SweepBudgetsFunction() {
    this(FunctionContext.start(SweepBudgetsFunction::prime));
  }

  public SweepBudgetsFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public Map<String, Object> execute(Map<String, Object> input) {
    SweepReport report = sweep.sweep(clock.instant());
    return Map.of(
        "evaluated", report.evaluated(),
        "rolledOver", report.rolledOver(),
        "looked", report.looked(),
        "expiredHolds", report.expiredHolds(),
        "reminded", report.reminded(),
        "summaries", report.summaries(),
        "requeued", report.requeued());
  }

  static void prime(ApplicationContext context) {
    context.getBean(Sweep.class);
  }
}
