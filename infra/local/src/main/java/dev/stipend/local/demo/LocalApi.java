package dev.stipend.local.demo;

import dev.stipend.local.terminal.LocalFailure;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;

/// The REST API as any client uses it.
final class LocalApi implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String key;
  private final JsonMapper json;

  LocalApi(String url, String key, JsonMapper json) {
    this.url = url;
    this.key = key;
    this.json = json;
  }

  /// @throws LocalFailure when the answer is not 200
  Map<String, Object> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET(), 200);
  }

  /// @throws LocalFailure when the answer is not 201
  void create(String path, Map<String, Object> body) {
    try {
      send(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))),
          201);
    } catch (IOException e) {
      throw new IllegalStateException("a map is JSON", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private Map<String, Object> send(HttpRequest.Builder request, int expected) {
    try {
      HttpResponse<String> response =
          client.send(
              request.header("X-API-Key", key).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != expected) {
        throw new LocalFailure(
            "%s answered %d: %s".formatted(response.uri(), response.statusCode(), response.body()));
      }
      return Objects.requireNonNull(
          json.readValue(response.body(), Argument.mapOf(String.class, Object.class)));
    } catch (IOException e) {
      throw new LocalFailure("The API at %s does not answer: %s.".formatted(url, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("Interrupted while calling the API.", e);
    }
  }
}
