package dev.stipend.local.catcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stipend.local.http.Replies;
import dev.stipend.local.terminal.Terminal;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.JsonSyntaxException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Stands in for Slack's incoming webhooks: takes what Slack takes, refuses what it refuses,
/// answers `ok`, and shows the message.
public final class SlackCatcher implements HttpHandler {

  /// The path of the webhook, shaped like Slack's.
  public static final String PATH = "/local/slack/services/T00000000/B00000000/local";

  private final Terminal terminal;
  private final JsonMapper json;
  private final Inbox<CaughtSlackMessage> inbox = new Inbox<>();

  public SlackCatcher(Terminal terminal, JsonMapper json) {
    this.terminal = terminal;
    this.json = json;
  }

  public List<CaughtSlackMessage> newestFirst() {
    return inbox.newestFirst();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      Replies.text(exchange, 405, "method_not_allowed");
      return;
    }
    Map<String, Object> payload = payload(exchange.getRequestBody().readAllBytes());
    if (payload == null) {
      Replies.text(exchange, 400, "invalid_payload");
    } else if (!payload.containsKey("text")
        && !payload.containsKey("blocks")
        && !payload.containsKey("attachments")) {
      Replies.text(exchange, 400, "no_text");
    } else {
      catching(payload);
      Replies.text(exchange, 200, "ok");
    }
  }

  /// Shows a message.
  void catching(Map<String, Object> payload) {
    inbox.add(new CaughtSlackMessage(Instant.now(), payload));
    terminal.print(SlackText.of(payload, terminal));
  }

  /// Shows a message anew, in its place. Answers whether it is there.
  ///
  /// @param ts the message
  /// @param changed what it says now
  boolean update(String ts, Map<String, Object> changed) {
    boolean isThere =
        inbox.replace(
            message -> ts.equals(message.payload().get("ts")),
            message -> {
              Map<String, Object> payload = new LinkedHashMap<>(message.payload());
              payload.putAll(changed);
              payload.put("updated", true);
              return new CaughtSlackMessage(message.at(), payload);
            });
    if (isThere) {
      Map<String, Object> shown = new LinkedHashMap<>(changed);
      shown.put("updated", true);
      terminal.print(SlackText.of(shown, terminal));
    }
    return isThere;
  }

  private @Nullable Map<String, Object> payload(byte[] body) throws IOException {
    try {
      return json.readValue(body, Argument.mapOf(String.class, Object.class));
    } catch (JsonSyntaxException e) {
      return null;
    }
  }
}
