package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.stipend.console.overview.OverviewRehearsal;
import dev.stipend.platform.metrics.Metric;
import dev.stipend.platform.metrics.Metrics;
import dev.stipend.platform.web.PublicAddress;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPEventFunction;
import org.jspecify.annotations.Nullable;

/// Serves the REST API and the console behind an HTTP API with payload format 2.0.
public class BudgetApiFunction extends APIGatewayV2HTTPEventFunction {
  private static final int REFUSED = 402;

  private final Metrics metrics;
  private final PublicAddress address;

  public BudgetApiFunction() {
    this(FunctionContext.start(BudgetApiFunction::prime));
  }

  public BudgetApiFunction(ApplicationContext context) {
    super(context);
    metrics = context.getBean(Metrics.class);
    address = context.getBean(PublicAddress.class);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    Cookies.receive(event);
    Sendable.make(event);
    address.reachedAt(domain(event));
    APIGatewayV2HTTPResponse response = super.handleRequest(event, context);
    Cookies.send(response);
    CompressedPages.compress(event, response);
    if (response.getStatusCode() == REFUSED) {
      metrics.write(Metric.RESERVE_DENIALS, 1);
    }
    return response;
  }

  private static @Nullable String domain(APIGatewayV2HTTPEvent event) {
    APIGatewayV2HTTPEvent.RequestContext gateway = event.getRequestContext();
    return gateway == null ? null : gateway.getDomainName();
  }

  /// Asks how it is, for a reservation with a key that nobody has, and for pages.
  static void prime(ApplicationContext context) {
    BudgetApiFunction api = new BudgetApiFunction(context);
    Priming.rehearse(api, APIGatewayV2HTTPEvent.class, request("GET", "/api/health"));
    Priming.rehearse(api, APIGatewayV2HTTPEvent.class, request("POST", "/api/reservations"));
    Priming.rehearse(api, APIGatewayV2HTTPEvent.class, request("GET", "/session"));
    Priming.rehearse(api, APIGatewayV2HTTPEvent.class, request("GET", "/"));
    context.getBean(OverviewRehearsal.class).run();
  }

  private static String request(String method, String path) {
    return """
    {"version": "2.0", "routeKey": "$default", "rawPath": "%2$s", "rawQueryString": "",
      "headers": {"x-api-key": "priming", "content-type": "application/json", "accept": "*/*", "accept-encoding": "gzip",
        "x-forwarded-proto": "https", "host": "localhost"}, "body": "{}",
      "requestContext": {"routeKey": "$default", "stage": "$default", "http":
        {"method": "%1$s", "path": "%2$s", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}},
      "isBase64Encoded": false}
    """
        .formatted(method, path);
  }
}
