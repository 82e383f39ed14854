package dev.stipend.local.catcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stipend.local.http.Replies;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Stands in for the methods of Slack that a bot calls: posts messages, into threads too, updates
/// them, and takes dialogs and files.
public final class SlackBotCatcher implements HttpHandler {

  /// The path under which the methods are.
  public static final String PATH = "/local/slack/api/";

  /// A token as Slack's look; it opens nothing.
  public static final String TOKEN = "xoxb-local";

  /// Where messages go that name no channel.
  public static final String PLACE = "C0LOCAL";

  private final SlackCatcher caught;
  private final JsonMapper json;
  private final SlackFiles files = new SlackFiles();
  private final AtomicLong posted = new AtomicLong();

  /// @param caught shows what is posted
  public SlackBotCatcher(SlackCatcher caught, JsonMapper json) {
    this.caught = caught;
    this.json = json;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(PATH.length());
    if (path.startsWith(SlackFiles.PATH)) {
      files.handle(exchange, path.substring(SlackFiles.PATH.length()));
      return;
    }
    Map<String, Object> form = form(exchange.getRequestBody().readAllBytes());
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    Map<String, Object> answer =
        ("Bearer " + TOKEN).equals(token)
            ? answer(path, form, "http://" + exchange.getRequestHeaders().getFirst("Host"))
            : refused("invalid_auth");
    Replies.json(exchange, 200, json.writeValueAsString(answer));
  }

  private Map<String, Object> answer(String method, Map<String, Object> form, String host) {
    return switch (method) {
      case "chat.postMessage" -> post(form);
      case "chat.update" ->
          caught.update(String.valueOf(form.get("ts")), form)
              ? Map.of("ok", true, "ts", form.get("ts"), "channel", form.get("channel"))
              : refused("message_not_found");
      case "chat.postEphemeral", "views.open" -> Map.of("ok", true);
      case "files.getUploadURLExternal" -> {
        String file = files.expect();
        yield Map.of(
            "ok", true, "file_id", file, "upload_url", host + PATH + SlackFiles.PATH + file);
      }
      case "files.completeUploadExternal" -> share(form);
      default -> refused("unknown_method");
    };
  }

  private Map<String, Object> post(Map<String, Object> form) {
    if (!form.containsKey("channel")) {
      return refused("channel_not_found");
    }
    if (!form.containsKey("text") && !form.containsKey("blocks")) {
      return refused("no_text");
    }
    long number = posted.incrementAndGet();
    String ts = "%d.%06d".formatted(System.currentTimeMillis() / 1000, number % 1_000_000);
    form.put("ts", ts);
    caught.catching(form);
    return Map.of("ok", true, "channel", form.get("channel"), "ts", ts);
  }

  /// Files that were uploaded become a message.
  private Map<String, Object> share(Map<String, Object> form) {
    List<String> shown =
        form.get("files") instanceof List<?> named
            ? named.stream()
                .filter(Map.class::isInstance)
                .map(file -> String.valueOf(((Map<?, ?>) file).get("id")))
                .filter(files::has)
                .toList()
            : List.of();
    if (shown.isEmpty()) {
      return refused("file_not_found");
    }
    form.put("channel", form.get("channel_id"));
    form.put("text", "");
    form.put("files", shown.stream().map(file -> PATH + SlackFiles.PATH + file).toList());
    caught.catching(form);
    return Map.of("ok", true, "files", shown.stream().map(file -> Map.of("id", file)).toList());
  }

  private static Map<String, Object> refused(String error) {
    return Map.of("ok", false, "error", error);
  }

  /// The fields of a form; blocks and the like are JSON inside.
  private Map<String, Object> form(byte[] body) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      String[] parts = field.split("=", 2);
      if (parts.length == 2) {
        String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
        boolean isJson = value.startsWith("[{") || value.startsWith("{");
        fields.put(parts[0], isJson ? json.readValue(value, Object.class) : value);
      }
    }
    return fields;
  }
}
