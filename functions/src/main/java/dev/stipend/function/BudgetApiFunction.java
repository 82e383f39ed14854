package dev.stipend.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPEventFunction;
import java.util.HashMap;
import java.util.Map;

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
    if (event.getHeaders() != null) {
      Map<String, String> headers = new HashMap<>(event.getHeaders());
      headers.replaceAll((name, value) -> sendable(value));
      event.setHeaders(headers);
    }
    return super.handleRequest(event, context);
  }

  /// A value as HTTP can carry it. Micronaut answers any other with 500; an HTTP API passes none
  /// on, but an event may hold whatever its sender wrote.
  private static String sendable(String value) {
    return value.replaceAll("[^\\x20-\\x7e]", "?").strip();
  }
}
