package dev.stipend.function;

import dev.stipend.budget.Maintenance;
import dev.stipend.budget.MaintenanceReport;
import dev.stipend.metric.Metric;
import dev.stipend.metric.Metrics;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;

/// Maintains the ledger and its totals once a day, or when invoked with a verb: `maintain`,
/// `reconcile` or `rebuild`. Answers what it did, and which totals differed from the ledger.
public class MaintainLedgerFunction
    extends MicronautRequestHandler<Map<String, Object>, Map<String, Object>> {
  @Inject Maintenance maintenance;
  @Inject InstantSource clock;
  @Inject Metrics metrics;

  public MaintainLedgerFunction() {
    this(FunctionContext.start(MaintainLedgerFunction::prime));
  }

  public MaintainLedgerFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public Map<String, Object> execute(Map<String, Object> input) {
    MaintenanceReport report =
        maintenance.run(String.valueOf(input.getOrDefault("verb", "maintain")), clock.instant());
    metrics.write(Metric.RECONCILE_DIFFERENCES, report.differences());
    return report.toMap();
  }

  static void prime(ApplicationContext context) {
    context.getBean(Maintenance.class);
  }
}
