package dev.stipend.local;

import static dev.stipend.local.Patience.await;

import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;

/// A machine that runs everything, with the story of a month for its console: three teams, a
/// budget that is exceeded, one that refuses work, one that runs out before its month.
final class ConsoleStack implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-06-18T15:30:00Z");
  private static final int DAYS = 34;

  private final Closing closing = new Closing();
  private final HttpClient client = HttpClient.newHttpClient();
  private final LocalStack stack;

  private ConsoleStack() throws IOException {
    Properties options = new Properties();
    options.putAll(
        Map.of(
            "stipend.data", "memory",
            "stipend.port", "0",
            "stipend.demo", "false",
            "stipend.clock", NOW.toString()));
    stack =
        LocalStack.start(
            LocalOptions.from(options),
            SamTemplate.read(Path.of("..", "..", "template.yaml")),
            new LocalEnvironment(Map.of()),
            new Terminal(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false),
            closing);
  }

  static ConsoleStack start() throws IOException {
    return new ConsoleStack();
  }

  /// Plays the story.
  ConsoleStack playStory() {
    budget("Research agents", "agent", "research", "monthly", "600", ",\"hardLimit\":true");
    budget("Growth team", "team", "growth", "monthly", "1200", "");
    budget("Each developer", "user", "*", "weekly", "120", "");
    budget("Claude Opus", "model", "claude-opus-4-1", "daily", "40", ",\"hardLimit\":true");
    budget("Everything", "workspace", "", "monthly", "2500", "");
    for (int day = DAYS; day >= 0; day--) {
      Instant at = NOW.minus(Duration.ofDays(day));
      int pace = 8 + (DAYS - day) / 3 + day * 7 % 5;
      usage(at, "ana", "research", "growth", "anthropic", "claude-opus-4-1", pace * 2);
      usage(at, "ben", "coder", "platform", "openai", "gpt-4o", pace);
      usage(at, "chi", "support", "service", "openai", "gpt-4o-mini", pace / 2);
    }
    stack.send(
        """
        {"eventId":"unpriced","occurredAt":"%s","userId":"dan","provider":"house","model":"house-1",\
        "inputTokens":2000000,"outputTokens":0}\
        """
            .formatted(NOW));
    await().until(() -> stack.usageMessages() == 0);
    stack.sweep();
    await().until(() -> get("/api/alerts?limit=5").contains("LIMIT_"));
    await().until(() -> stack.alertMessages() == 0);
    return this;
  }

  String url() {
    return stack.url();
  }

  /// Makes a key, and gives the answer.
  String makeKey(String role) {
    return send(
        "POST", "/api/keys", "{\"name\":\"%s of a test\",\"role\":\"%s\"}".formatted(role, role));
  }

  void revokeKey(String id) {
    send("DELETE", "/api/keys/" + id, "");
  }

  String get(String path) {
    return send("GET", path, "");
  }

  private void budget(
      String name, String scope, String id, String period, String limit, String more) {
    send(
        "POST",
        "/api/budgets",
        """
        {"name":"%s","scope":"%s","scopeId":"%s","period":"%s","limitAmount":"%s"%s}\
        """
            .formatted(name, scope, id, period, limit, more)
            .replace("\"scopeId\":\"\",", ""));
  }

  private void usage(
      Instant at, String user, String agent, String team, String provider, String model, int cost) {
    stack.send(
        """
        {"eventId":"%s-%s","occurredAt":"%s","userId":"%s","agentId":"%s","teamId":"%s",\
        "provider":"%s","model":"%s","inputTokens":%d,"outputTokens":%d,"cost":"%d.25","currency":"USD"}\
        """
            .formatted(
                user, at, at, user, agent, team, provider, model, cost * 9000, cost * 700, cost));
  }

  private String send(String method, String path, String body) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(stack.url() + path))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .header("X-API-Key", stack.adminKey())
                  .header("Content-Type", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  @Override
  public void close() {
    client.close();
    closing.close();
  }
}
