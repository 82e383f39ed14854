package dev.stipend.function;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.function.aws.MicronautLambdaContext;

/// Starts the application context of a function. The builder that Micronaut has for Lambda creates
/// every singleton at start, and cannot be told not to: a function needs few of them, and one that
/// is not configured, such as mail without a server, must not keep the others from starting.
final class FunctionContext {
  private FunctionContext() {}

  static ApplicationContext start() {
    return ApplicationContext.builder(
            Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA)
        .start();
  }
}
