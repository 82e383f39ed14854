package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.function.aws.DefaultLambdaContextFactory;
import io.micronaut.function.aws.LambdaContextFactory;
import jakarta.inject.Singleton;

/// Keeps invocations out of the application context. Micronaut would register each one's context
/// there as a bean, which nobody asks for and nobody removes: every request would take longer than
/// the one before it.
@Singleton
@Replaces(DefaultLambdaContextFactory.class)
final class NoInvocationBeans implements LambdaContextFactory {
  @Override
  public void registerSingletons(Context invocation) {
    // Nothing needs it.
  }
}
