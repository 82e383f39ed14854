package dev.stipend.function;

import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPEventFunction;

/// Serves the REST API behind an HTTP API with payload format 2.0.
public class BudgetApiFunction extends APIGatewayV2HTTPEventFunction {
  public BudgetApiFunction() {
    this(FunctionContext.start());
  }

  public BudgetApiFunction(ApplicationContext context) {
    super(context);
  }
}
