package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.concurrency.LedgerModel.Limited;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random stories, told all at once by workers of whom some lose their connection in the middle,
/// must end as if every event had been recorded once, one after the other.
class LedgerInterleavingTest {
  private static final int EVENTS = 350;

  private static final int MOST_KILLED = 30;

  private static final List<String> SCOPES =
      List.of(
          "\"workspace\"",
          "\"user\",\"scopeId\":\"*\"",
          "\"user\",\"scopeId\":\"u1\"",
          "\"agent\",\"scopeId\":\"*\"",
          "\"team\",\"scopeId\":\"t1\"",
          "\"model\",\"scopeId\":\"*\"",
          "\"tag\",\"scopeId\":\"*\"",
          "\"tag\",\"scopeId\":\"run=*\"",
          "\"tag\",\"scopeId\":\"env=prod\"");
  private static final List<String> PRICES =
      List.of(
          price("late-1", "\"input\":\"3\",\"cachedInput\":\"1\",\"output\":\"7\""),
          price("late-2", "\"input\":\"0.07\",\"cachedInput\":\"0.01\",\"output\":\"0.3\""));

  private static Stipend stipend;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    stipend = new Stipend(TestServers.newDatabase(), Map.of());
  }

  @AfterAll
  static void stop() {
    stipend.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 7})
  void anyInterleavingEndsLikeRecordingOneAfterTheOther(long seed) {
    stipend.clock.set(SettableClock.START);
    stipend.database.clear();
    stipend.database.execute("TRUNCATE stipend.usage_imports");
    Story story = new Story(seed, EVENTS);
    Carrier carrier = new Carrier(stipend, folder, story.contested());
    int killed = tell(story, carrier, new Random(seed));
    settle();
    Books books = new Books(stipend.database);
    List<Told> recorded = books.recorded(story);
    LedgerModel model = new LedgerModel(recorded);
    List<Limited> budgets = books.budgets();
    assertThat(books.tracking()).containsExactlyInAnyOrderElementsOf(model.tracking());
    assertThat(books.counters()).containsExactlyInAnyOrderElementsOf(model.counters(budgets));
    books.assertAlerts(model.risingCounters(budgets));
    assertThat(killed).as("connections that were ended in the middle").isPositive();
    assertWinnersStay(story, Set.copyOf(recorded));
  }

  /// What was recorded is a duplicate from now on, and what contradicts it a conflict.
  private static void assertWinnersStay(Story story, Set<Told> recorded) {
    Instant oldest = stipend.clock.instant().minus(Duration.ofDays(35));
    List<Told> live = story.told().stream().filter(event -> event.at().isAfter(oldest)).toList();
    List<String> ledger =
        stipend.database.rows("SELECT * FROM stipend.usage_logs ORDER BY 1, 2, 3");
    List<Integer> losers =
        IntStream.range(0, live.size())
            .filter(i -> !recorded.contains(live.get(i)))
            .boxed()
            .toList();
    assertThat(stipend.record(live.stream().map(Told::json).toArray(String[]::new)))
        .containsExactlyElementsOf(losers);
    assertThat(stipend.database.rows("SELECT * FROM stipend.usage_logs ORDER BY 1, 2, 3"))
        .isEqualTo(ledger);
  }

  /// Answers how many connections were killed.
  private int tell(Story story, Carrier carrier, Random random) {
    List<String> budgets = budgetBodies(random);
    budgets.subList(0, budgets.size() / 2).forEach(body -> assertThat(create(body)).isTrue());
    List<BooleanSupplier> steps = new ArrayList<>();
    story.messages().forEach(message -> steps.add(() -> carrier.bring(message)));
    budgets
        .subList(budgets.size() / 2, budgets.size())
        .forEach(body -> steps.add(at(steps, random), () -> create(body)));
    PRICES.forEach(body -> steps.add(at(steps, random), () -> post("/api/prices", body)));
    for (int i = 0; i < 3; i++) {
      steps.add(
          at(steps, random),
          () -> {
            stipend.clock.tick(Duration.ofMinutes(50));
            return true;
          });
      steps.add(at(steps, random), LedgerInterleavingTest::maintain);
    }
    for (int i = 0; i < 20; i++) {
      steps.add(at(steps, random), LedgerInterleavingTest::sweep);
    }
    return race(new ConcurrentLinkedQueue<>(steps), 4 + random.nextInt(5));
  }

  private static int at(List<?> steps, Random random) {
    return random.nextInt(steps.size() + 1);
  }

  /// Workers take the steps in their order; one that fails is taken again later.
  private static int race(Queue<BooleanSupplier> steps, int workers) {
    Callable<Void> worker =
        () -> {
          for (BooleanSupplier step = steps.poll(); step != null; step = steps.poll()) {
            if (!step.getAsBoolean()) {
              steps.add(step);
            }
          }
          return null;
        };
    return Killer.race(stipend.database, Collections.nCopies(workers, worker), MOST_KILLED);
  }

  /// What the schedules do sooner or later.
  private static void settle() {
    while (!maintain() || !sweep()) {
      // A connection that was killed while it lay idle is found out only here.
    }
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.budget_periods WHERE dirty OR closed_at IS NULL AND"
                    + " period_end <= '"
                    + stipend.clock.instant()
                    + "'"))
        .isEqualTo("0");
  }

  private static boolean sweep() {
    return Carrier.survives(() -> !stipend.sweep().isEmpty());
  }

  private static boolean maintain() {
    return Carrier.survives(
        () -> {
          assertThat(stipend.maintain("maintain"))
              .containsEntry("costTrackingDifferences", 0)
              .containsEntry("budgetPeriodDifferences", 0);
          return true;
        });
  }

  private static boolean create(String body) {
    return post("/api/budgets", body);
  }

  private static boolean post(String path, String body) {
    Answer answer = stipend.api("POST", path, body);
    assertThat(answer.status()).as(answer.body()).isIn(200, 201, 503);
    return answer.status() != 503;
  }

  private static String price(String model, String perMillion) {
    return """
    {"provider":"acme","model":"%s","effectiveFrom":"2000-01-01T00:00:00Z","perMillion":{%s}}\
    """
        .formatted(model, perMillion);
  }

  private static List<String> budgetBodies(Random random) {
    List<String> bodies = new ArrayList<>();
    for (String scope : SCOPES) {
      for (String period : List.of("hourly", "daily", "monthly", "total")) {
        bodies.add(
            """
            {"name":"b","limitAmount":%d,"period":"%s","scope":%s,"timeZone":"%s"%s}\
            """
                .formatted(
                    1 + random.nextInt(40),
                    period,
                    scope,
                    List.of("Asia/Kathmandu", "America/Mexico_City", "UTC").get(random.nextInt(3)),
                    period.equals("total") ? ",\"startsAt\":\"2026-03-20T01:02:03Z\"" : ""));
      }
    }
    Collections.shuffle(bodies, random);
    return bodies;
  }
}
