package dev.stipend.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Tells stories of hours, days or months. The same seed tells the same one.
final class StoryTeller {
  private static final List<String> USERS = List.of("u1", "u2", "u3");
  private static final List<Integer> LINES = List.of(50, 80, 100, 120);

  private final Random random;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> budgets = new ArrayList<>();

  /// How long it usually goes on until something happens, in minutes.
  private final int pace;

  private StoryTeller(long seed) {
    random = new Random(seed * 7919);
    pace = pick(List.of(4, 20, 90, 60 * 9, 60 * 24 * 2));
  }

  static Story tell(long seed) {
    StoryTeller teller = new StoryTeller(seed);
    teller.begin();
    int length = 7 + teller.random.nextInt(8);
    for (int i = 0; i < length; i++) {
      teller.next();
    }
    return new Story("story " + seed, List.copyOf(teller.steps));
  }

  private void begin() {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      make();
    }
    if (random.nextInt(12) == 0) {
      steps.add(new Step.Poison());
    }
  }

  private void make() {
    String name = "b" + budgets.size();
    budgets.add(name);
    boolean workspace = random.nextInt(3) == 0;
    String period =
        pace > 60 * 12
            ? pick(List.of("daily", "monthly", "total"))
            : pick(List.of("hourly", "hourly", "daily", "daily", "monthly", "total"));
    steps.add(
        new Step.Make(
            new Limit(
                name,
                workspace ? "workspace" : "user",
                workspace ? "" : pick(List.of("u1", "*", "*")),
                period,
                pick(List.of("UTC", "America/New_York", "Asia/Kathmandu")),
                BigDecimal.valueOf(60 + random.nextInt(80)),
                lines(),
                workspace ? random.nextInt(3) > 0 : random.nextInt(4) == 0,
                places())));
  }

  private List<Integer> lines() {
    List<Integer> lines = LINES.stream().filter(line -> random.nextInt(3) > 0).toList();
    return lines.isEmpty() ? List.of(80) : lines;
  }

  private Set<Place> places() {
    return switch (random.nextInt(4)) {
      case 0 -> EnumSet.of(Place.HOOK);
      case 1 -> EnumSet.of(Place.SLACK);
      default -> EnumSet.of(Place.HOOK, Place.SLACK);
    };
  }

  /// What happens, and what usually follows.
  private void next() {
    switch (random.nextInt(22)) {
      case 0, 1, 2, 3, 4 -> steps.add(spend(20 + random.nextInt(45)));
      case 5 -> steps.add(spend(130));
      case 6, 7 -> steps.add(refund(20 + random.nextInt(80)));
      case 8 -> teeter();
      case 9 -> edge();
      case 10 -> steps.add(new Step.Belated(pick(USERS), money(60), pick(budgets)));
      case 11 -> steps.add(new Step.SetAmount(pick(budgets), money(150).add(BigDecimal.TEN)));
      case 12 -> raiseAndReach();
      case 13 -> steps.add(new Step.SetLines(pick(budgets), lines()));
      case 14 -> steps.add(new Step.SilenceBudget(pick(budgets), whileQuiet()));
      case 15 -> steps.add(new Step.SilencePlace(pick(List.of(Place.values())), whileQuiet()));
      case 16 ->
          steps.add(
              random.nextBoolean()
                  ? new Step.Acknowledge(random.nextInt(2))
                  : new Step.Snooze(random.nextInt(2), whileQuiet()));
      case 17, 18 ->
          steps.add(
              new Step.Answer(
                  pick(List.of(Place.HOOK, Place.SLACK)), pick(List.of(404, 503, 429, 200, 200))));
      case 19 -> crash();
      case 20 -> {
        if (random.nextInt(4) == 0) {
          rush();
        } else {
          steps.add(new Step.LoseQueue());
        }
      }
      default -> {
        if (random.nextInt(3) == 0 && budgets.size() < 4) {
          make();
        } else {
          steps.add(new Step.Pass(Duration.ofMinutes(pace * 4L)));
        }
      }
    }
    if (random.nextInt(8) > 0) {
      steps.add(new Step.Deliver());
    }
    if (random.nextInt(3) > 0) {
      steps.add(new Step.Pass(Duration.ofSeconds(1 + random.nextInt(pace * 60))));
    }
    if (random.nextInt(5) > 1) {
      steps.add(new Step.Sweep());
      steps.add(new Step.Deliver());
    }
  }

  /// Spend goes over a line and back, again and again.
  private void teeter() {
    String user = pick(USERS);
    BigDecimal cost = money(90);
    int times = 3 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      steps.add(new Step.Spend(user, cost, Duration.ZERO, false));
      steps.add(new Step.Deliver());
      if (i < times - 1 || random.nextBoolean()) {
        steps.add(new Step.Spend(user, cost.negate(), Duration.ZERO, false));
      }
      steps.add(new Step.Pass(Duration.ofSeconds(1 + random.nextInt(pace * 20))));
    }
  }

  /// A limit is reached and raised, again and again.
  private void raiseAndReach() {
    String budget = pick(budgets);
    String user = pick(USERS);
    BigDecimal amount = money(100).add(BigDecimal.valueOf(50));
    for (int i = 0; i < 5; i++) {
      steps.add(new Step.Spend(user, money(60), Duration.ZERO, true));
      steps.add(new Step.Deliver());
      amount = amount.multiply(BigDecimal.valueOf(2));
      steps.add(new Step.SetAmount(budget, amount));
    }
  }

  /// Around the end of a period, with events that arrive after it.
  private void edge() {
    String budget = pick(budgets);
    steps.add(new Step.Approach(budget, Duration.ofSeconds(2 + random.nextInt(6))));
    steps.add(spend(20 + random.nextInt(60)));
    if (random.nextBoolean()) {
      steps.add(new Step.Deliver());
    }
    steps.add(new Step.Pass(Duration.ofSeconds(6)));
    steps.add(new Step.Belated(pick(USERS), money(80), budget));
  }

  private void crash() {
    steps.add(
        switch (random.nextInt(4)) {
          case 0, 1 -> new Step.Crash(Step.Point.ALERT, spend(20 + random.nextInt(70)));
          case 2 -> new Step.Crash(Step.Point.SENT, new Step.Deliver());
          default -> new Step.Crash(Step.Point.CLAIM, new Step.Deliver());
        });
  }

  private void rush() {
    List<Step.Spend> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(new Step.Spend(pick(USERS), money(40), Duration.ZERO, false));
    }
    steps.add(new Step.Rush(all));
  }

  private Step.Spend spend(int most) {
    boolean late = random.nextInt(8) == 0;
    return new Step.Spend(
        pick(USERS),
        money(most),
        late ? Duration.ofMinutes(random.nextInt(pace * 3)) : Duration.ZERO,
        random.nextInt(4) == 0);
  }

  private Step.Spend refund(int most) {
    Step.Spend spend = spend(most);
    return new Step.Spend(spend.user(), spend.cost().negate(), spend.back(), false);
  }

  private Duration whileQuiet() {
    return Duration.ofMinutes(1 + random.nextInt(Math.min(6 * 60, pace * 3)));
  }

  /// Between half of it and all of it, in cents.
  private BigDecimal money(int most) {
    return BigDecimal.valueOf(most * 50L + random.nextInt(most * 50), 2);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
