package dev.stipend.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.stipend.metric.Metric;
import dev.stipend.metric.Metrics;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPEventFunction;
import java.util.Map;

/// Serves the REST API behind an HTTP API with payload format 2.0.
public class BudgetApiFunction extends APIGatewayV2HTTPEventFunction {
  private static final int REFUSED = 402;

  private final Metrics metrics;

  public BudgetApiFunction() {
    this(FunctionContext.start(BudgetApiFunction::prime));
  }

  public BudgetApiFunction(ApplicationContext context) {
    super(context);
    metrics = context.getBean(Metrics.class);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    Sendable.make(event);
    APIGatewayV2HTTPResponse response = super.handleRequest(event, context);
    if (response.getStatusCode() == REFUSED) {
      metrics.write(Metric.RESERVE_DENIALS, 1);
    }
    return response;
  }

  /// Asks how it is, and for a reservation with a key that nobody has.
  static void prime(ApplicationContext context) {
    BudgetApiFunction api = new BudgetApiFunction(context);
    api.handleRequest(request("GET", "/api/health", Map.of()), Priming.noInvocation());
    Map<String, String> headers =
        Map.of("x-api-key", "priming", "content-type", "application/json");
    api.handleRequest(request("POST", "/api/reservations", headers), Priming.noInvocation());
  }

  private static APIGatewayV2HTTPEvent request(
      String method, String path, Map<String, String> headers) {
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey("$default")
        .withRawPath(path)
        .withRawQueryString("")
        .withHeaders(headers)
        .withBody(method.equals("POST") ? "{}" : null)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withRouteKey("$default")
                .withStage("$default")
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                        .withMethod(method)
                        .withPath(path)
                        .withProtocol("HTTP/1.1")
                        .withSourceIp("127.0.0.1")
                        .build())
                .build())
        .build();
  }
}
