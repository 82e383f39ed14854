package dev.stipend.concurrency;

import dev.stipend.support.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// A random story of usage: what was told, and the parcels in which it arrives, some of them more
/// than once. The same seed tells the same story.
final class Story {
  /// How a parcel arrives.
  enum Way {
    QUEUE,
    HTTP,
    FILE
  }

  /// What arrives together.
  ///
  /// @param poison events that can never be recorded
  record Parcel(int number, Way way, List<Told> events, List<String> poison) {}

  private static final Instant NOW = SettableClock.START;
  private static final List<String> POISON =
      List.of(
          "{\"eventId\":\"poison-1\",\"occurredAt\":\"%s\",\"cost\":\"NaN\"}".formatted(NOW),
          "{\"eventId\":\"poison-2\",\"occurredAt\":\"%s\",\"inputTokens\":-1}".formatted(NOW),
          "{\"eventId\":\"poison-3\",\"occurredAt\":\"2199-01-01T00:00:00Z\",\"cost\":1}",
          "{\"eventId\":\"poison-4\",\"occurredAt\":\"yesterday\",\"cost\":1}");

  private final Random random;
  private final List<Told> told = new ArrayList<>();
  private final Set<String> contested = new HashSet<>();
  private final List<Parcel> messages = new ArrayList<>();

  Story(long seed, int events) {
    random = new Random(seed);
    for (int i = 0; i < events; i++) {
      Told event = event("e" + i);
      told.add(event);
      if (random.nextInt(16) == 0) {
        told.add(otherThan(event));
        contested.add(event.id());
      }
    }
    pack();
  }

  /// Every content that is told, once; two of one id contradict each other.
  List<Told> told() {
    return told;
  }

  /// The ids under which two contents are told.
  Set<String> contested() {
    return contested;
  }

  /// The parcels in the order of their first arrival; those that arrive again are there again.
  List<Parcel> messages() {
    return messages;
  }

  private Told event(String id) {
    boolean refund = random.nextInt(9) == 0;
    String model = pick("gpt-4o", "gpt-4o", "late-1", "late-2", "never");
    long input = random.nextInt(50_000);
    BigDecimal amount =
        BigDecimal.valueOf(random.nextLong(3_000_000_000_000L), 12).stripTrailingZeros();
    boolean costed = refund || random.nextInt(3) == 0;
    Map<String, String> tags = new HashMap<>();
    tags.put("env", pick("prod", "dev"));
    if (random.nextBoolean()) {
      tags.put("run", "r" + random.nextInt(4));
    }
    return new Told(
        id,
        time(),
        refund,
        pick("u1", "u2", "u3"),
        pick("a1", "a2", "a3", ""),
        pick("t1", "t2", ""),
        model,
        refund ? 0 : input,
        refund ? 0 : input / 3,
        refund ? 0 : random.nextInt(9000),
        costed ? Optional.of(refund ? amount.negate() : amount) : Optional.empty(),
        tags);
  }

  /// Mostly now, but also in periods that have ended, and before what the live path takes.
  private Instant time() {
    Duration back =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> Duration.ofHours(1);
          case 4, 5 -> Duration.ofHours(8);
          case 6, 7 -> Duration.ofDays(3);
          default -> Duration.ofDays(34);
        };
    Instant recent = NOW.plus(Duration.ofMinutes(4)).minusNanos(random.nextLong(back.toNanos()));
    boolean old = random.nextInt(7) == 0;
    return (old ? recent.minus(Duration.ofDays(36 + random.nextInt(60))) : recent)
        .truncatedTo(ChronoUnit.MICROS);
  }

  /// The same id and time with other content.
  private Told otherThan(Told event) {
    boolean dearer = event.cost().isPresent() && random.nextBoolean();
    return new Told(
        event.id(),
        event.at(),
        event.refund(),
        dearer ? event.user() : "u-other",
        event.agent(),
        event.team(),
        event.model(),
        event.input(),
        event.cached(),
        event.output(),
        dearer ? event.cost().map(cost -> cost.multiply(BigDecimal.valueOf(3))) : event.cost(),
        event.tags());
  }

  private void pack() {
    List<Told> all = new ArrayList<>(told);
    for (Told event : told) {
      if (random.nextInt(4) == 0) {
        all.add(event);
      }
    }
    Collections.shuffle(all, random);
    List<Told> live = new ArrayList<>();
    List<Told> files = new ArrayList<>();
    for (Told event : all) {
      boolean old = event.at().isBefore(NOW.minus(Duration.ofDays(35)));
      (old || random.nextInt(4) == 0 ? files : live).add(event);
    }
    split(live, 20, Way.QUEUE, Way.QUEUE, Way.HTTP);
    split(files, 25, Way.FILE);
    for (Parcel message : List.copyOf(messages)) {
      for (int again = random.nextInt(6) - 3; again > 0; again--) {
        messages.add(message);
      }
    }
    Collections.shuffle(messages, random);
  }

  private void split(List<Told> events, int most, Way... ways) {
    for (int from = 0; from < events.size(); ) {
      int until = Math.min(events.size(), from + 1 + random.nextInt(most));
      List<String> poison =
          random.nextInt(4) == 0 ? List.of(POISON.get(random.nextInt(4))) : List.of();
      messages.add(
          new Parcel(
              messages.size(),
              ways[random.nextInt(ways.length)],
              events.subList(from, until),
              poison));
      from = until;
    }
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
