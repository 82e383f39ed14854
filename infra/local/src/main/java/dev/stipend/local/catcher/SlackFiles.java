package dev.stipend.local.catcher;

import com.sun.net.httpserver.HttpExchange;
import dev.stipend.local.http.Replies;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Files that a bot uploads: taken at an address of their own, as Slack does, and shown there.
final class SlackFiles {

  /// Under the methods; the file's id follows.
  static final String PATH = "files/";

  private static final int KEPT = 100;
  private static final byte[] NOTHING = {};

  /// Oldest first.
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private long count;

  /// The id of a file that is about to come.
  synchronized String expect() {
    if (files.size() == KEPT) {
      files.remove(files.keySet().iterator().next());
    }
    count++;
    String id = "F" + count;
    files.put(id, NOTHING);
    return id;
  }

  /// Whether a file has come.
  synchronized boolean has(String id) {
    return files.getOrDefault(id, NOTHING).length > 0;
  }

  void handle(HttpExchange exchange, String id) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean isExpected = take(id, body);
      Replies.text(
          exchange, isExpected ? 200 : 404, isExpected ? "OK - " + body.length : "no_file");
    } else if (has(id)) {
      Replies.send(exchange, 200, "image/png", bytes(id));
    } else {
      Replies.text(exchange, 404, "no_file");
    }
  }

  private synchronized boolean take(String id, byte[] body) {
    return files.replace(id, body) != null;
  }

  private synchronized byte[] bytes(String id) {
    return files.getOrDefault(id, NOTHING);
  }
}
