package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.stipend.migration.MigrationFailedException;
import dev.stipend.migration.MigrationRequest;
import dev.stipend.migration.Migrator;
import dev.stipend.migration.RunContext;
import dev.stipend.migration.database.TimeBudget;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.platform.metrics.Metric;
import dev.stipend.platform.metrics.Metrics;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.executor.FunctionInitializer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.lambda.powertools.cloudformation.Response.Status;

/// Migrates the database: as a CloudFormation custom resource on every deployment, or invoked with
/// a verb and its options, as in `{"verb":"deploy"}` or `{"verb":"downgrade","target":"-1"}`.
public final class MigrateDatabaseFunction extends FunctionInitializer
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  @Inject Migrator migrator;
  @Inject Metrics metrics;

  public MigrateDatabaseFunction() {
    this(FunctionContext.start(MigrateDatabaseFunction::prime));
  }

  public MigrateDatabaseFunction(ApplicationContext context) {
    super(context);
    context.inject(this);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
    if (input.containsKey("RequestType")) {
      Status status = DatabaseResource.answer(input, context, migrator);
      if (status == Status.FAILED) {
        metrics.write(Metric.MIGRATIONS_FAILED, 1);
      }
      return Map.of("status", status.name());
    }
    MigrationRequest request = MigrationRequest.read(input);
    RunContext run = new RunContext(timeOf(context), Optional.empty());
    MigrationReport report = migrator.run(request, run);
    if (request.verb().acts() && !report.isOk()) {
      throw new MigrationFailedException(report);
    }
    return report.toMap();
  }

  static TimeBudget timeOf(Context context) {
    return TimeBudget.of(() -> Duration.ofMillis(context.getRemainingTimeInMillis()));
  }

  static void prime(ApplicationContext context) {
    context.getBean(Migrator.class);
  }
}
