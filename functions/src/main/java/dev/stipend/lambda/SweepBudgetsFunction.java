package dev.stipend.lambda;

import dev.stipend.usecase.SweepBudgets;
import dev.stipend.usecase.SweepReport;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sweeps on a schedule, or when invoked.
public class SweepBudgetsFunction
    extends MicronautRequestHandler<Map<String, Object>, Map<String, Object>> {
  @Inject SweepBudgets sweep;
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
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("evaluated", report.evaluated());
    answer.put("rolledOver", report.rolledOver());
    answer.put("looked", report.looked());
    answer.put("expiredHolds", report.expiredHolds());
    answer.put("reminded", report.reminded());
    answer.put("summaries", report.summaries());
    answer.put("requeued", report.requeued());
    answer.put("pulled", report.pulled());
    answer.put("setAside", report.setAside());
    if (!report.failed().isEmpty()) {
      answer.put("failed", report.failed());
    }
    return answer;
  }

  static void prime(ApplicationContext context) {
    context.getBean(SweepBudgets.class);
  }
}
