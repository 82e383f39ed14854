package dev.stipend.concurrency;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Eight recorders write to the same few counters as fast as they can, while prices arrive and the
/// sweep runs. For eight seconds, or for as many as the property `stipend.race.seconds` says.
class HotBudgetsTest {
  private static final int RECORDERS = 8;
  private static final int BATCH = 50;
  private static final long SECONDS = Long.getLong("stipend.race.seconds", 8);
  private static final List<String> SCOPES =
      List.of(
          "\"workspace\"",
          "\"user\",\"scopeId\":\"u1\"",
          "\"agent\",\"scopeId\":\"*\"",
          "\"tag\",\"scopeId\":\"env=hot\"");

  @Test
  void recordersOverTheSameHotBudgetsNeverDeadlockAndLoseNothing() {
    String url = TestServers.newDatabase();
    AtomicLong recorded = new AtomicLong();
    try (Stipend stipend = new Stipend(url, Map.of())) {
      createBudgets(stipend);
      race(stipend, recorded);
      // What was recorded while its price arrived is priced now.
      stipend.maintain("maintain");
      stipend.sweep();
      assertTotals(stipend, recorded.get());
    }
    assertThat(recorded.get()).isPositive();
    assertThat(deadlocks(new Database(url))).isEqualTo("0");
  }

  private static void createBudgets(Stipend stipend) {
    for (String scope : SCOPES) {
      for (String period : List.of("hourly", "daily", "monthly")) {
        String body =
            "{\"name\":\"hot\",\"limitAmount\":30,\"period\":\"%s\",\"scope\":%s}"
                .formatted(period, scope);
        assertThat(stipend.api("POST", "/api/budgets", body).status()).isEqualTo(201);
      }
    }
  }

  private static void race(Stipend stipend, AtomicLong recorded) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    BooleanSupplier running = () -> System.nanoTime() < end;
    AtomicInteger newest = new AtomicInteger();
    List<Callable<Void>> racers = new ArrayList<>();
    for (int i = 0; i < RECORDERS; i++) {
      String recorder = "r" + i;
      racers.add(
          () -> {
            for (int batch = 0; running.getAsBoolean(); batch++) {
              String[] messages = messages(recorder + "-" + batch, newest.get());
              assertThat(stipend.record(messages)).as("failed messages").isEmpty();
              recorded.addAndGet(BATCH);
            }
            return null;
          });
    }
    racers.add(
        () -> {
          while (running.getAsBoolean()) {
            int model = newest.getAndIncrement();
            assertThat(stipend.api("POST", "/api/prices", price(model)).status()).isEqualTo(201);
          }
          return null;
        });
    racers.add(
        () -> {
          while (running.getAsBoolean()) {
            stipend.sweep();
          }
          return null;
        });
    Race.run(racers);
    int last = newest.get();
    assertThat(stipend.api("POST", "/api/prices", price(last)).status()).isEqualTo(201);
  }

  /// Each event costs the same to the last digit, told or by a price that arrives about now.
  private static String[] messages(String batch, int model) {
    String[] messages = new String[BATCH];
    for (int i = 0; i < BATCH; i++) {
      Instant at = SettableClock.START.minusSeconds(i * 60L);
      String cost =
          i % 5 == 0
              ? "\"provider\":\"acme\",\"model\":\"late-%d\",\"inputTokens\":10001".formatted(model)
              : "\"provider\":\"openai\",\"model\":\"gpt-4o\",\"cost\":\"0.010001010001\"";
      messages[i] =
          """
          {"eventId":"%s-%d","occurredAt":"%s","userId":"u1","agentId":"a%d","tags":{"env":"hot"},%s}\
          """
              .formatted(batch, i, at, i % 3, cost);
    }
    return messages;
  }

  private static String price(int model) {
    return """
    {"provider":"acme","model":"late-%d","effectiveFrom":"2000-01-01T00:00:00Z",\
    "perMillion":{"input":"1.000001","output":"0"}}\
    """
        .formatted(model);
  }

  private static void assertTotals(Stipend stipend, long events) {
    String cost =
        BigDecimal.valueOf(events).multiply(new BigDecimal("0.010001010001")).toPlainString();
    assertThat(
            stipend.database.value(
                "SELECT sum(cost), count(*) FILTER (WHERE kind = 'usage'), sum(unpriced) FROM"
                    + " stipend.usage_logs"))
        .isEqualTo(cost + "|" + events + "|0");
    assertThat(
            stipend.database.value(
                "SELECT sum(cost), sum(requests), sum(unpriced) FROM stipend.cost_tracking"))
        .isEqualTo(cost + "|" + events + "|0");
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT sum(spend), sum(requests), sum(unpriced) FROM"
                    + " stipend.budget_periods GROUP BY budget_id"))
        .containsExactly(cost + "|" + events + "|0");
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods WHERE dirty"))
        .isEqualTo("0");
    assertThat(
            stipend.database.rows(
                """
                SELECT budget_id, subject, period_start, type, threshold
                FROM stipend.alert_logs
                WHERE type <> 'UNPRICED_USAGE'
                GROUP BY 1, 2, 3, 4, 5
                HAVING count(*) > 1
                """))
        .as("crossings that were told twice")
        .isEmpty();
  }

  /// A session adds what it counted to the database's statistics at the latest when it ends.
  private static String deadlocks(Database database) {
    await()
        .until(
            () ->
                database
                    .value(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND application_name = 'stipend'")
                    .equals("0"));
    return database.value(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
}
