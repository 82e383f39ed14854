package dev.stipend.function;

import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.LambdaApplicationContextBuilder;

/// Starts the application context of a function. Lambda's own default creates every singleton at
/// start; a function needs few of them.
final class FunctionContext {
  private FunctionContext() {}

  static ApplicationContext start() {
    return new LambdaApplicationContextBuilder()
        .eagerInitSingletons(false)
        .eagerInitConfiguration(false)
        .start();
  }
}
