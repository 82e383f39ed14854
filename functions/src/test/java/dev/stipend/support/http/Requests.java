package dev.stipend.support.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.stipend.lambda.BudgetApiFunction;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.TestContext;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sends requests to the API as API Gateway does.
///
/// @param api the function that serves it
public record Requests(BudgetApiFunction api) {
  /// What the API answered.
  ///
  /// @param response the answer
  public record Answer(APIGatewayV2HTTPResponse response) {
    public int status() {
      return response.getStatusCode();
    }

    public String body() {
      return Objects.requireNonNullElse(response.getBody(), "");
    }

    public Map<?, ?> json() {
      return (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(body()));
    }

    public String text(String field) {
      return String.valueOf(json().get(field));
    }

    /// A header, whatever the case of its name; null where there is none.
    public @Nullable String header(String name) {
      return response.getHeaders().entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }

    /// The items of a page.
    public List<?> items() {
      return (List<?>) Objects.requireNonNull(json().get("items"));
    }
  }

  /// Sends one request with a text.
  public Answer send(String method, String pathAndQuery, String body, Map<String, String> headers) {
    return send(method, pathAndQuery, body, false, headers);
  }

  /// Posts bytes, which API Gateway encodes in base64.
  public Answer post(String path, byte[] body, Map<String, String> headers) {
    return send("POST", path, Base64.getEncoder().encodeToString(body), true, headers);
  }

  private Answer send(
      String method,
      String pathAndQuery,
      String body,
      boolean base64,
      Map<String, String> headers) {
    URI uri = URI.create(pathAndQuery);
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("content-type", "application/json");
    String cookie = all.remove("cookie");
    RequestContext.Http http =
        RequestContext.Http.builder().withMethod(method).withPath(uri.getPath()).build();
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRawPath(uri.getPath())
            .withRawQueryString(uri.getRawQuery() == null ? "" : uri.getRawQuery())
            .withHeaders(all)
            .withCookies(cookie == null ? null : List.of(cookie.split("; ", -1)))
            .withQueryStringParameters(query(uri))
            .withBody(body.isEmpty() ? null : body)
            .withIsBase64Encoded(base64)
            .withRequestContext(RequestContext.builder().withHttp(http).build())
            .build();
    return new Answer(api.handleRequest(event, new TestContext()));
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getQuery() != null) {
      for (String pair : uri.getQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        String value = parts.length > 1 ? parts[1] : "";
        query.merge(parts[0], value, (first, next) -> first + "," + next);
      }
    }
    return query;
  }
}
