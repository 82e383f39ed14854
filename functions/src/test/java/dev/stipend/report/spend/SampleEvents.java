package dev.stipend.report.spend;

import dev.stipend.money.Money;
import dev.stipend.report.spend.Dimension.Column;
import dev.stipend.report.spend.Dimension.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/// Random usage around an instant: much of it close by, much on the very bounds of quarters.
final class SampleEvents {
  static final List<Dimension> DIMENSIONS =
      List.of(
          Column.USER,
          Column.AGENT,
          Column.WORKFLOW,
          Column.TEAM,
          Column.PROVIDER,
          Column.MODEL,
          new Tag("project"),
          new Tag("it's \"odd\""));
  private static final List<String> VALUES = List.of("", "a", "B", "a,b", "ü");
  private static final List<String> FIELDS =
      List.of("userId", "agentId", "workflowId", "teamId", "provider", "model");
  private static final long QUARTER_MICROS = 900_000_000L;

  /// One event.
  ///
  /// @param values of its dimensions, the empty text where it has none
  record Event(
      String id,
      Instant at,
      boolean adjustment,
      Map<Dimension, String> values,
      Optional<Money> cost,
      long input,
      long cached,
      long output) {
    SpendTotals totals() {
      return new SpendTotals(
          cost.orElse(Money.ZERO),
          adjustment ? 0 : 1,
          cost.isEmpty() ? 1 : 0,
          input,
          cached,
          output);
    }

    String json() {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("eventId", quoted(id));
      fields.put("occurredAt", quoted(at.toString()));
      fields.put("kind", quoted(adjustment ? "adjustment" : "usage"));
      for (int i = 0; i < FIELDS.size(); i++) {
        String value = values.getOrDefault(DIMENSIONS.get(i), "");
        if (!value.isEmpty()) {
          fields.put(FIELDS.get(i), quoted(value));
        }
      }
      cost.ifPresent(money -> fields.put("cost", quoted(money.toString())));
      fields.put("inputTokens", Long.toString(input));
      fields.put("cachedInputTokens", Long.toString(cached));
      fields.put("outputTokens", Long.toString(output));
      Map<String, String> tags = new LinkedHashMap<>();
      values.forEach(
          (dimension, value) -> {
            if (dimension instanceof Tag tag && !value.isEmpty()) {
              tags.put(tag.key(), quoted(value));
            }
          });
      fields.put("tags", object(tags));
      return object(fields);
    }

    private static String object(Map<String, String> fields) {
      return fields.entrySet().stream()
          .map(field -> quoted(field.getKey()) + ":" + field.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
      return '"' + text.replace("\"", "\\\"") + '"';
    }
  }

  private final Random random;
  private final Instant centre;

  SampleEvents(Random random, Instant centre) {
    this.random = random;
    this.centre = centre;
  }

  List<Event> events(int count) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean adjustment = random.nextInt(6) == 0;
      long input = adjustment ? 0 : random.nextLong(1_000_000);
      events.add(
          new Event(
              "e" + i,
              time(),
              adjustment,
              values(),
              adjustment || random.nextInt(5) > 0
                  ? Optional.of(cost(adjustment))
                  : Optional.empty(),
              input,
              random.nextLong(input + 1),
              adjustment ? 0 : random.nextLong(100_000)));
    }
    return events;
  }

  /// An instant in microseconds, near the centre more often than not.
  Instant time() {
    Duration reach =
        switch (random.nextInt(3)) {
          case 0 -> Duration.ofMinutes(40);
          case 1 -> Duration.ofHours(30);
          default -> Duration.ofDays(12);
        };
    long micros = random.nextLong(reach.toNanos() / 1_000) * (random.nextBoolean() ? 1 : -1);
    Instant time = centre.plus(Duration.ofNanos(micros * 1_000));
    if (random.nextInt(3) > 0) {
      return time;
    }
    Instant quarter = QuarterHours.floor(time);
    return random.nextBoolean() ? quarter : quarter.plusNanos((QUARTER_MICROS - 1) * 1_000);
  }

  private Map<Dimension, String> values() {
    Map<Dimension, String> values = new LinkedHashMap<>();
    DIMENSIONS.forEach(dimension -> values.put(dimension, value()));
    return values;
  }

  String value() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private Money cost(boolean signed) {
    Money cost = Money.of(random.nextLong(100_000_000_000_000L) + "e-12");
    return signed && random.nextBoolean() ? Money.ZERO.minus(cost) : cost;
  }
}
