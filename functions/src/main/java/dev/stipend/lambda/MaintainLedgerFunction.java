package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.stipend.maintenance.MaintenanceReport;
import dev.stipend.maintenance.pack.PackMaintenance;
import dev.stipend.maintenance.pack.PackReport;
import dev.stipend.maintenance.pack.PackRequest;
import dev.stipend.platform.metrics.Metric;
import dev.stipend.platform.metrics.Metrics;
import dev.stipend.time.TimeLeft;
import dev.stipend.usecase.MaintainLedger;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.executor.FunctionInitializer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Maintains the ledger and its totals once a day, or when invoked with a verb: `maintain`,
/// `reconcile` or `rebuild`. Answers what it did, and which totals differed from the ledger. It
/// fails when something could not be done, after everything else was. With a `pack` and its
/// `schema`, it maintains that watched system instead.
public final class MaintainLedgerFunction extends FunctionInitializer
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  /// Kept for ending well: 45 s, or a quarter of what little there is at the start.
  private static final Duration RESERVE = Duration.ofSeconds(45);

  private static final int RESERVE_SHARE = 4;

  @Inject MaintainLedger maintenance;
  @Inject PackMaintenance packs;
  @Inject InstantSource clock;
  @Inject Metrics metrics;

  public MaintainLedgerFunction() {
    this(FunctionContext.start(MaintainLedgerFunction::prime));
  }

  public MaintainLedgerFunction(ApplicationContext context) {
    super(context);
    context.inject(this);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
    TimeLeft left = () -> Duration.ofMillis(context.getRemainingTimeInMillis());
    Duration share = left.get().dividedBy(RESERVE_SHARE);
    TimeLeft usable = left.without(share.compareTo(RESERVE) < 0 ? share : RESERVE);
    return input.containsKey("pack")
        ? maintainPack(PackRequest.read(input), usable)
        : maintainLedger(String.valueOf(input.getOrDefault("verb", "maintain")), usable);
  }

  private Map<String, Object> maintainPack(PackRequest request, TimeLeft left) {
    PackReport report = packs.run(request, clock.instant(), left);
    if (report.isFailed()) {
      throw new IllegalStateException("Maintenance of a pack failed: " + report.toMap());
    }
    return report.toMap();
  }

  private Map<String, Object> maintainLedger(String verb, TimeLeft left) {
    MaintenanceReport report = maintenance.run(verb, clock.instant(), left);
    metrics.write(Metric.RECONCILE_DIFFERENCES, report.differences());
    if (!report.problems().isEmpty()) {
      throw new IllegalStateException(
          "Some steps of maintenance failed: " + report.toMap(),
          report.problems().getFirst().cause());
    }
    return report.toMap();
  }

  static void prime(ApplicationContext context) {
    context.getBean(MaintainLedger.class);
    context.getBean(PackMaintenance.class);
  }
}
