package dev.stipend.local.demo;

import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.terminal.Terminal;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/// A minute of agent traffic: a team at work, and one user whose research agent runs away. That
/// user's daily budget of one dollar gets its warning after some seconds, is exceeded a little
/// later, and then everything calms down. Users carry a suffix of the run, so that each run tells
/// the whole story again.
public final class DemoTraffic {

  private static final Duration STEP = Duration.ofMillis(700);
  private static final int STEPS = 80;

  /// Nine calls of 9 cents cross 80 % of a dollar, twelve exceed it.
  private static final int RUNAWAY_CALLS = 12;

  private static final int WARNED_AFTER = 9;

  /// So that the warning has been read before the next message comes.
  private static final int PAUSE_STEPS = 14;

  private final Consumer<String> send;
  private final JsonMapper json;
  private final Clock clock;
  private final Terminal terminal;
  private final String run =
      Integer.toString(new SecureRandom().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
  private final Random random = new Random(42);

  public DemoTraffic(Consumer<String> send, JsonMapper json, Clock clock, Terminal terminal) {
    this.send = send;
    this.json = json;
    this.clock = clock;
    this.terminal = terminal;
  }

  /// Plays the traffic.
  ///
  /// @param inRealTime wait between the steps
  /// @return how many events were sent
  public long play(boolean inRealTime) {
    terminal.print(
        "  The sample plays for a minute: rosa-%s's research agent runs away from her daily budget."
            .formatted(run));
    long sent = 0;
    int runaway = 0;
    for (int step = 0; step < STEPS; step++) {
      List<Map<String, Object>> events = new ArrayList<>();
      events.add(colleague());
      boolean pausing = runaway == WARNED_AFTER && step < WARNED_AFTER + PAUSE_STEPS;
      if (runaway < RUNAWAY_CALLS && !pausing) {
        runaway++;
        events.add(
            event(
                "rosa",
                "research",
                "growth",
                "anthropic",
                "claude-3-5-sonnet-20241022",
                20_000,
                2_000));
      }
      send(events);
      sent += events.size();
      if (inRealTime) {
        pause();
      }
    }
    return sent;
  }

  private Map<String, Object> colleague() {
    int input = 200 + random.nextInt(1_800);
    int output = 50 + random.nextInt(400);
    return switch (random.nextInt(4)) {
      case 0 -> event("ben", "coder", "platform", "openai", "gpt-4o", input, output);
      case 1 -> event("chi", "support", "service", "openai", "gpt-4o-mini", input, output);
      case 2 -> event("dana", "summary", "growth", "google", "gemini-2.0-flash", input, output);
      default ->
          event(
              "ben",
              "reviewer",
              "platform",
              "anthropic",
              "claude-3-5-haiku-20241022",
              input,
              output);
    };
  }

  private Map<String, Object> event(
      String user,
      String agent,
      String team,
      String provider,
      String model,
      int input,
      int output) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventId", "demo-" + run + "-" + UUID.randomUUID());
    event.put("occurredAt", clock.instant().toString());
    event.put("userId", user + "-" + run);
    event.put("agentId", agent);
    event.put("teamId", team);
    event.put("provider", provider);
    event.put("model", model);
    event.put("inputTokens", input);
    event.put("outputTokens", output);
    return event;
  }

  private void send(List<Map<String, Object>> events) {
    try {
      send.accept(json.writeValueAsString(events));
    } catch (IOException e) {
      throw new IllegalStateException("a list of maps is JSON", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("The sample was interrupted.", e);
    }
  }
}
