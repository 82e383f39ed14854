package dev.stipend.bench.recording;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Usage as a team of agents makes it, the same for the same seed: 50 users, each with a few of 20
/// agents; each agent with a usual and a second model of 10 that have list prices. Events come
/// nearly in the order of their time, over the last hours.
final class UsageSample {
  static final int BATCH = 1000;

  private static final int USERS = 50;
  private static final int AGENTS = 20;
  private static final int AGENTS_OF_A_USER = 4;
  private static final Duration SPAN = Duration.ofHours(3);
  private static final int MOST_LATE_SECONDS = 120;

  private static final List<Model> MODELS =
      List.of(
          new Model("openai", "gpt-4o"),
          new Model("openai", "gpt-4o-mini"),
          new Model("openai", "gpt-4.1"),
          new Model("openai", "gpt-4.1-mini"),
          new Model("openai", "o3-mini"),
          new Model("anthropic", "claude-3-5-sonnet-20241022"),
          new Model("anthropic", "claude-3-5-haiku-20241022"),
          new Model("anthropic", "claude-sonnet-4-20250514"),
          new Model("google", "gemini-2.0-flash"),
          new Model("google", "gemini-1.5-pro"));

  private record Model(String provider, String name) {}

  private final RandomGenerator random;
  private final String idPrefix;
  private final Instant now;
  private final long total;
  private long made;

  /// @param idPrefix keeps the ids of two samples apart
  /// @param now the end of the time span
  /// @param total how many events will be asked for
  UsageSample(long seed, String idPrefix, Instant now, long total) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.idPrefix = idPrefix;
    this.now = now.truncatedTo(ChronoUnit.MICROS);
    this.total = total;
  }

  /// The next batch of events.
  List<SampleEvent> batch() {
    List<SampleEvent> events = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      events.add(event());
    }
    return events;
  }

  /// The events as a batch of the usage queue, one message each.
  static SQSEvent messages(List<SampleEvent> events) {
    List<SQSMessage> messages = new ArrayList<>();
    for (SampleEvent event : events) {
      SQSMessage message = new SQSMessage();
      message.setMessageId(event.eventId());
      message.setBody(event.json());
      messages.add(message);
    }
    SQSEvent batch = new SQSEvent();
    batch.setRecords(messages);
    return batch;
  }

  private SampleEvent event() {
    // The square of a uniform number: the busiest user makes several times as many as the median.
    int user = (int) (USERS * Math.pow(random.nextDouble(), 2));
    int agent = (user * 7 + random.nextInt(AGENTS_OF_A_USER) * 3) % AGENTS;
    Model model = MODELS.get((agent + (random.nextInt(5) == 0 ? 3 : 0)) % MODELS.size());
    long input = 200 + random.nextLong(8000);
    long cached = random.nextInt(3) == 0 ? input / 2 : 0;
    Instant at =
        now.minus(SPAN)
            .plus(SPAN.multipliedBy(made).dividedBy(total))
            .minusSeconds(random.nextInt(MOST_LATE_SECONDS))
            .truncatedTo(ChronoUnit.MICROS);
    made++;
    return new SampleEvent(
        "%s-%016x-%d".formatted(idPrefix, random.nextLong(), made),
        at,
        "user-" + user,
        "agent-" + agent,
        "workflow-" + agent / 4,
        "team-" + user / 10,
        model.provider(),
        model.name(),
        input,
        cached,
        20 + random.nextLong(1500));
  }
}
