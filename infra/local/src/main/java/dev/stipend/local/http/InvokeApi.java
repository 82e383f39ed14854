package dev.stipend.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stipend.local.lambda.LocalFunction;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.JsonSyntaxException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lambda's Invoke: `POST /2015-03-31/functions/{name}/invocations`, for functions that take and
/// answer JSON objects, so that `aws lambda invoke --endpoint-url` and curl work by hand.
public final class InvokeApi implements HttpHandler {

  public static final String PREFIX = "/2015-03-31/functions/";

  private static final Logger LOG = LoggerFactory.getLogger(InvokeApi.class);
  private static final String SUFFIX = "/invocations";

  private final Map<String, LocalFunction<Map<String, Object>, Map<String, Object>>> functions;
  private final JsonMapper json;

  public InvokeApi(
      Map<String, LocalFunction<Map<String, Object>, Map<String, Object>>> functions,
      JsonMapper json) {
    this.functions = Map.copyOf(functions);
    this.json = json;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!path.endsWith(SUFFIX) || !exchange.getRequestMethod().equals("POST")) {
      error(
          exchange,
          404,
          "UnknownOperationException",
          "Only POST " + PREFIX + "{name}" + SUFFIX + " is known here");
      return;
    }
    String name = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
    LocalFunction<Map<String, Object>, Map<String, Object>> function = functions.get(name);
    if (function == null) {
      error(
          exchange,
          404,
          "ResourceNotFoundException",
          "Function not found: " + name + "; there are " + functions.keySet());
      return;
    }
    Map<String, Object> event;
    try {
      event = event(exchange.getRequestBody().readAllBytes());
    } catch (JsonSyntaxException e) {
      error(exchange, 400, "InvalidRequestContentException", "The payload is not a JSON object");
      return;
    }
    invoke(exchange, function, event);
  }

  private Map<String, Object> event(byte[] payload) throws IOException {
    return payload.length == 0
        ? Map.of()
        : Objects.requireNonNull(
            json.readValue(payload, Argument.mapOf(String.class, Object.class)));
  }

  private void invoke(
      HttpExchange exchange,
      LocalFunction<Map<String, Object>, Map<String, Object>> function,
      Map<String, Object> event)
      throws IOException {
    switch (Objects.requireNonNullElse(
        exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"), "RequestResponse")) {
      case "DryRun" -> Replies.json(exchange, 204, "");
      case "Event" -> {
        Thread.startVirtualThread(() -> answer(function, event));
        Replies.json(exchange, 202, "");
      }
      default -> {
        Answer answer = answer(function, event);
        if (answer.failed()) {
          exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
        }
        exchange.getResponseHeaders().set("X-Amz-Executed-Version", "$LATEST");
        Replies.json(exchange, 200, json.writeValueAsString(answer.payload()));
      }
    }
  }

  private Answer answer(
      LocalFunction<Map<String, Object>, Map<String, Object>> function, Map<String, Object> event) {
    try {
      return new Answer(Objects.requireNonNullElse(function.invoke(event), Map.of()), false);
    } catch (RuntimeException | Error e) {
      LOG.warn("{} failed", function.name(), e);
      return new Answer(failure(e), true);
    }
  }

  private static Map<String, Object> failure(Throwable e) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("errorMessage", Objects.requireNonNullElse(e.getMessage(), ""));
    failure.put("errorType", e.getClass().getName());
    return failure;
  }

  private void error(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    exchange.getResponseHeaders().set("X-Amzn-ErrorType", type);
    Replies.json(
        exchange, status, json.writeValueAsString(Map.of("Type", "User", "Message", message)));
  }

  private record Answer(Map<String, Object> payload, boolean failed) {}
}
