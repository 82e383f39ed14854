package dev.stipend.lambda;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.function.aws.MicronautLambdaContext;
import java.util.function.Consumer;

/// Starts the application context of a function. The builder that Micronaut has for Lambda creates
/// every singleton at start, and has no setting against it: a function needs few of them, and one
/// that is not configured, such as mail without a server, must not keep the others from starting.
final class FunctionContext {
  private FunctionContext() {}

  /// @param firstWork done before a snapshot is taken; see {@link Priming}
  static ApplicationContext start(Consumer<ApplicationContext> firstWork) {
    ApplicationContext context =
        ApplicationContext.builder(Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA)
            // Where it runs is known: looking around for a cloud would only take time.
            .deduceEnvironment(false)
            .deduceCloudEnvironment(false)
            .start();
    Priming.of(context, firstWork);
    return context;
  }
}
