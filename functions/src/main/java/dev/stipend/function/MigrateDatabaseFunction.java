package dev.stipend.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.stipend.migrate.Migrator;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.executor.FunctionInitializer;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;

/// Migrates the database: as a CloudFormation custom resource on every deployment, or invoked with
/// `{"verb":"deploy"}` or `{"verb":"status"}`.
public final class MigrateDatabaseFunction extends FunctionInitializer
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  @Inject Migrator migrator;
  @Inject InstantSource clock;

  public MigrateDatabaseFunction() {
    this(FunctionContext.start());
  }

  public MigrateDatabaseFunction(ApplicationContext context) {
    super(context);
    context.inject(this);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
    if (input.containsKey("RequestType")) {
      return DatabaseResource.answer(input, context, () -> migrator.deploy(clock));
    }
    String verb = String.valueOf(input.get("verb"));
    return switch (verb) {
      case "deploy" -> migrator.deploy(clock).toMap();
      case "status" -> migrator.status().toMap();
      default -> throw new IllegalArgumentException("verb must be deploy or status, not " + verb);
    };
  }
}
