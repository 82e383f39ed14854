package dev.stipend.local.catcher;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stipend.local.http.Replies;
import dev.stipend.local.terminal.Terminal;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Stands in for a receiver of webhooks: verifies each with a library of Standard Webhooks, refuses
/// what does not verify, and shows the rest.
public final class WebhookCatcher implements HttpHandler {

  public static final String PATH = "/local/webhook";

  private static final int KEY_BYTES = 32;
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final String secret;
  private final Clock clock;
  private final Terminal terminal;
  private final JsonMapper json;
  private final Inbox<CaughtWebhook> inbox = new Inbox<>();

  /// @param secret what webhooks are signed with
  /// @param clock the one that webhooks are stamped with, which may stand still
  public WebhookCatcher(String secret, Clock clock, Terminal terminal, JsonMapper json) {
    this.secret = secret;
    this.clock = clock;
    this.terminal = terminal;
    this.json = json;
  }

  /// A secret for one run.
  public static String newSecret() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  public List<CaughtWebhook> newestFirst() {
    return inbox.newestFirst();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String text = new String(body, StandardCharsets.UTF_8);
    if (!verifies(exchange.getRequestHeaders(), text)) {
      Replies.text(exchange, 401, "The signature does not verify.");
      return;
    }
    Map<String, Object> payload = json.readValue(body, Argument.mapOf(String.class, Object.class));
    String id = Objects.requireNonNull(exchange.getRequestHeaders().getFirst("webhook-id"));
    inbox.add(new CaughtWebhook(Instant.now(), id, payload));
    terminal.print(
        "\n  ┏ %s %s\n  ┃ %s, signature verified\n"
            .formatted(terminal.bold("Webhook"), payload.get("type"), id));
    Replies.text(exchange, 200, "ok");
  }

  private boolean verifies(Headers headers, String body) {
    String id = headers.getFirst("webhook-id");
    String time = headers.getFirst("webhook-timestamp");
    String signatures = headers.getFirst("webhook-signature");
    if (id == null || signatures == null || time == null || !time.matches("\\d{1,12}")) {
      return false;
    }
    Duration age =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant()).abs();
    try {
      String expected = new Webhook(secret).sign(id, Long.parseLong(time), body);
      return age.compareTo(TOLERANCE) <= 0 && List.of(signatures.split(" ")).contains(expected);
    } catch (WebhookSigningException unusableSecret) {
      throw new IllegalStateException(unusableSecret);
    }
  }
}
