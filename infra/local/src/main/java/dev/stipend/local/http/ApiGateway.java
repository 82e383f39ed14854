package dev.stipend.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP API of API Gateway with one route, `$default`, in front of one function, payload format
/// 2.0.
public final class ApiGateway implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ApiGateway.class);
  private static final int PAYLOAD_LIMIT = 10_485_760;

  private final Function<APIGatewayV2HTTPEvent, @Nullable APIGatewayV2HTTPResponse> function;

  public ApiGateway(Function<APIGatewayV2HTTPEvent, @Nullable APIGatewayV2HTTPResponse> function) {
    this.function = function;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(PAYLOAD_LIMIT + 1);
    if (body.length > PAYLOAD_LIMIT) {
      Replies.json(exchange, 413, "{\"message\":\"Request Entity Too Large\"}");
      return;
    }
    APIGatewayV2HTTPResponse response;
    try {
      response = function.apply(ApiGatewayEvents.event(exchange, body));
    } catch (RuntimeException | Error e) {
      LOG.warn("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      response = null;
    }
    if (response == null) {
      Replies.json(exchange, 500, "{\"message\":\"Internal Server Error\"}");
    } else {
      answer(exchange, response);
    }
  }

  private static void answer(HttpExchange exchange, APIGatewayV2HTTPResponse response)
      throws IOException {
    if (response.getHeaders() != null) {
      response.getHeaders().forEach(exchange.getResponseHeaders()::set);
    }
    if (response.getMultiValueHeaders() != null) {
      response
          .getMultiValueHeaders()
          .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
    }
    if (response.getCookies() != null) {
      response
          .getCookies()
          .forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
    }
    // The server counts the body itself.
    exchange.getResponseHeaders().remove("Content-Length");
    String body = Objects.requireNonNullElse(response.getBody(), "");
    Replies.body(
        exchange,
        response.getStatusCode(),
        response.getIsBase64Encoded()
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8));
  }
}
