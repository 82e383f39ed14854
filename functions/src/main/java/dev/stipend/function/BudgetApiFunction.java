package dev.stipend.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
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

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    Sendable.make(event);
    return super.handleRequest(event, context);
  }
}
