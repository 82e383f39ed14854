package dev.stipend.local;

import static dev.stipend.local.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.local.catcher.CaughtSlackMessage;
import dev.stipend.local.catcher.SlackBotCatcher;
import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.QuietTerminal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// How long an alert takes from `SendMessage` on the usage queue to the message in Slack, in the
/// whole local stack. Alerts come evenly and to so many channels that none gets more than its one
/// message a second: what is measured is the way, not the wait for a turn. Takes part only with
/// `-Dstipend.latency=true`, because a busy machine says nothing.
@EnabledIfSystemProperty(named = "stipend.latency", matches = "true")
class AlertLatencyTest {
  private static final int WARM_UP = 100;
  private static final int ALERTS = 500;
  private static final int CHANNELS = 50;
  private static final Duration BETWEEN = Duration.ofMillis(120);
  private static final Pattern BUDGET = Pattern.compile("Latency (\\d+)\\b");

  @Test
  void anAlertIsInSlackWithinTwoSeconds() throws Exception {
    Properties properties = new Properties();
    properties.putAll(Map.of("stipend.data", "memory", "stipend.port", "0"));
    try (Closing closing = new Closing();
        HttpClient http = HttpClient.newHttpClient()) {
      LocalStack stack =
          LocalStack.start(
              LocalOptions.from(properties),
              SamTemplate.read(Path.of("../../template.yaml")),
              new LocalEnvironment(Map.of()),
              QuietTerminal.make(),
              closing);
      createBudgets(stack, http);
      Map<Integer, Instant> sent = new ConcurrentHashMap<>();
      Map<Integer, Instant> caught = new HashMap<>();
      // The catcher keeps the newest only, so it is read while they come.
      try (ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor()) {
        ScheduledFuture<?> sending =
            sender.scheduleAtFixedRate(
                () -> {
                  if (sent.size() < WARM_UP + ALERTS) {
                    int number = sent.size();
                    sent.put(number, Instant.now());
                    stack.send(event(number, Instant.now()));
                  }
                },
                0,
                BETWEEN.toMillis(),
                TimeUnit.MILLISECONDS);
        await()
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofMillis(200))
            .until(
                () -> {
                  assertThat(sending.isDone()).as("sending failed").isFalse();
                  stack.slack().orElseThrow().newestFirst().forEach(each -> read(each, caught));
                  return caught.size() == WARM_UP + ALERTS;
                });
        sender.shutdownNow();
      }
      report(sent, caught);
    }
  }

  private static void report(Map<Integer, Instant> sent, Map<Integer, Instant> caught) {
    List<Long> millis = new ArrayList<>();
    for (int number = WARM_UP; number < WARM_UP + ALERTS; number++) {
      millis.add(
          Duration.between(
                  sent.getOrDefault(number, Instant.MIN), caught.getOrDefault(number, Instant.MAX))
              .toMillis());
    }
    millis.sort(null);
    long p95 = millis.get(ALERTS * 95 / 100 - 1);
    System.out.printf(
        "%d alerts, one each %d ms, %d channels: p50 %d ms, p95 %d ms, most %d ms%n",
        ALERTS, BETWEEN.toMillis(), CHANNELS, millis.get(ALERTS / 2 - 1), p95, millis.getLast());
    assertThat(p95).isLessThan(2000);
  }

  private static void read(CaughtSlackMessage message, Map<Integer, Instant> caught) {
    Matcher names = BUDGET.matcher(message.payload().toString());
    while (names.find()) {
      caught.putIfAbsent(Integer.valueOf(names.group(1)), message.at());
    }
  }

  private static String event(int number, Instant at) {
    return """
    {"eventId":"latency-%1$d","occurredAt":"%2$s","userId":"user-%1$d","model":"m","cost":"0.9"}
    """
        .formatted(number, at);
  }

  private static void createBudgets(LocalStack stack, HttpClient http) throws Exception {
    List<String> channels = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      String made =
          post(
              stack,
              http,
              "/api/channels",
              "{\"kind\":\"slack_bot\",\"name\":\"c%1$d\",\"config\":{\"channel\":\"%2$s%1$d\"}}"
                  .formatted(i, SlackBotCatcher.PLACE));
      channels.add(made.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1"));
    }
    for (int i = 0; i < WARM_UP + ALERTS; i++) {
      post(
          stack,
          http,
          "/api/budgets",
          """
          {"name":"Latency %1$d","limitAmount":1,"period":"monthly","scope":"user","scopeId":"user-%1$d",
          "alertAt":80,"channels":["%2$s"]}
          """
              .formatted(i, channels.get(i % CHANNELS)));
    }
  }

  private static String post(LocalStack stack, HttpClient http, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(stack.url() + path))
                .header("X-API-Key", stack.adminKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return response.body();
  }
}
