package dev.stipend.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/// Takes requests on to the API, as a proxy does that may lose what comes back.
final class Forwarding {
  private Forwarding() {}

  /// @param lost whether the answer does not get back
  static void forward(String url, HttpClient onwards, HttpExchange exchange, boolean lost)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + exchange.getRequestURI()))
            .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    List.of("X-API-Key", "Content-Type", "Idempotency-Key")
        .forEach(
            name -> {
              String value = exchange.getRequestHeaders().getFirst(name);
              if (value != null) {
                request.header(name, value);
              }
            });
    try (exchange) {
      HttpResponse<byte[]> response = onwards.send(request.build(), BodyHandlers.ofByteArray());
      if (!lost) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.statusCode(), response.body().length);
        exchange.getResponseBody().write(response.body());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
