package dev.stipend.local.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Whole answers of known size.
public final class Replies {

  private Replies() {}

  public static void json(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  public static void text(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  public static void send(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    body(exchange, status, body);
  }

  /// Sends the status and the body; the headers are set already. An answer to HEAD, 204 and 304
  /// carries no body.
  static void body(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean bodiless =
        body.length == 0
            || exchange.getRequestMethod().equals("HEAD")
            || status == 204
            || status == 304;
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }
}
