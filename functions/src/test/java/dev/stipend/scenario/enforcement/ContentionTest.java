package dev.stipend.scenario.enforcement;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.Race;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody holds the counters for a long time. User `u1` has a budget that refuses what it cannot
/// verify, user `open` one that does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContentionTest {
  /// What a client waits for; its own patience is 10 s.
  private static final Duration SOON = Duration.ofSeconds(6);

  private static final String WAITING =
      """
      SELECT pid, xact_start
      FROM pg_stat_activity
      WHERE wait_event_type = 'Lock'
        AND datname = current_database()
      """;

  private final Holder holder = new Holder();
  private final String url = TestServers.newDatabase();
  private final Stipend direct = stipend(Map.of("stipend.database.lock-timeout", 2));

  /// As behind a pooler: the session has no bound.
  private final Stipend unbounded = stipend(Map.of("stipend.database.lock-timeout", 0));

  private Stipend stipend(Map<String, Object> settings) {
    return new Stipend(url, settings);
  }

  @BeforeEach
  void createBudgets() {
    direct.loseAlerts();
    direct.database.clear();
    holder.budget(direct, "user", "u1", "100", true);
    String open = holder.budget(direct, "user", "open", "100", true);
    direct.database.execute(
        "UPDATE stipend.budgets SET on_failure = 'open' WHERE id = '" + open + "'");
    for (String user : List.of("u1", "open")) {
      assertThat(reserve(direct, user).status()).isEqualTo(201);
    }
  }

  @AfterAll
  void stop() {
    direct.close();
    unbounded.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoeverNeedsALockedCounterHearsSoonThatOthersUseIt(boolean bounded) throws SQLException {
    Stipend stipend = bounded ? direct : unbounded;
    Answer settled = reserve(stipend, "u1");
    Answer released = reserve(stipend, "u1");
    Map<String, Callable<Answer>> requests =
        Map.of(
            "reserve, closed", () -> reserve(stipend, "u1"),
            "reserve, open", () -> reserve(stipend, "open"),
            "record", () -> record(stipend),
            "settle", () -> holder.settle(stipend, settled, "{\"cost\":\"0.5\"}"),
            "release", () -> holder.end(stipend, released, "release", ""));
    try (Connection other = lockCounters()) {
      answersOf(requests)
          .forEach(
              (name, answer) -> {
                assertThat(answer.status()).as(name).isEqualTo(503);
                assertThat(answer.text("type")).as(name).endsWith("/busy");
                assertThat(answer.header("retry-after")).as(name).isEqualTo("2");
              });
      other.rollback();
    }

    answersOf(requests)
        .forEach((name, answer) -> assertThat(answer.status()).as(name).isBetween(200, 201));
    answersOf(Map.of("record", requests.get("record"), "settle", requests.get("settle")));
    assertThat(stipend.database.rows("SELECT event_id, cost FROM stipend.usage_logs ORDER BY 1"))
        .containsExactly(
            "recorded|1.000000000000", "reservation:" + settled.text("id") + "|0.500000000000");
    assertThat(
            stipend.database.rows(
                "SELECT subject, spend, held FROM stipend.budget_periods ORDER BY 1"))
        .containsExactly("open|0.000000000000|2.000000000000", "u1|1.500000000000|2.000000000000");
  }

  @Test
  void aMessageThatCannotBeCountedComesAgainAndDelaysNoOtherWorkspace() throws SQLException {
    direct.database.execute(
        """
        INSERT INTO stipend.workspaces (slug, name, currency, time_zone) VALUES ('b', 'B', 'USD', 'UTC')
        """);
    String[] messages = {
      Usage.costing("a", direct.clock.instant(), "1"),
      Usage.costing("b", direct.clock.instant(), "2")
    };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = lockCounters()) {
      CompletableFuture<List<Integer>> failed =
          CompletableFuture.supplyAsync(
              () -> direct.recordFor(List.of("default", "b"), messages), threads);
      await().until(() -> recorded().equals(List.of("b")));
      assertThat(failed).isNotDone();
      assertThat(failed.join()).containsExactly(0);
      other.rollback();
    }
    assertThat(recorded()).containsExactly("b");

    assertThat(direct.recordFor("default", messages[0])).isEmpty();
    assertThat(recorded()).containsExactly("a", "b");
  }

  @Test
  void aMessageWaitsForWhoeverHoldsTheCounterForAWhile() throws SQLException {
    String message = Usage.costing("a", direct.clock.instant(), "1");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = lockCounters()) {
      CompletableFuture<List<Integer>> failed =
          CompletableFuture.supplyAsync(() -> direct.record(message), threads);
      Set<String> waiting = new HashSet<>();
      await().until(() -> waiting.addAll(direct.database.rows(WAITING)) && waiting.size() > 1);
      other.rollback();
      assertThat(failed.join()).isEmpty();
    }
    assertThat(recorded()).containsExactly("a");
  }

  private List<String> recorded() {
    return direct.database.rows("SELECT event_id FROM stipend.usage_logs ORDER BY 1");
  }

  @Test
  void aPoolThatIsUsedUpOpensNothingAndTheDatabaseIsWell() throws SQLException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Stipend small =
            stipend(
                Map.of(
                    "datasources.default.maximum-pool-size",
                    1,
                    "datasources.default.connection-timeout",
                    1000));
        Connection other = lockCounters()) {
      CompletableFuture<Answer> waiting =
          CompletableFuture.supplyAsync(() -> record(small), threads);
      await().until(() -> !direct.database.rows(WAITING).isEmpty());

      Answer open = reserve(small, "open");
      Answer health = answerOf("health", () -> small.api("GET", "/api/health", "", Map.of()));

      assertThat(waiting).isNotDone();
      assertThat(open.status()).as(open.body()).isEqualTo(503);
      assertThat(open.text("type")).endsWith("/busy");
      assertThat(health.status()).as(health.body()).isEqualTo(200);
      other.rollback();
      assertThat(waiting.join().status()).isEqualTo(200);
    }
  }

  private Connection lockCounters() throws SQLException {
    Connection other = direct.database.connect();
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute("SELECT 1 FROM stipend.budget_periods FOR UPDATE");
    }
    return other;
  }

  private static Map<String, Answer> answersOf(Map<String, Callable<Answer>> requests) {
    Map<String, Answer> answers = new ConcurrentHashMap<>();
    Race.run(
        requests.entrySet().stream()
            .map(
                each ->
                    (Callable<?>)
                        () -> answers.put(each.getKey(), answerOf(each.getKey(), each.getValue())))
            .toList());
    return answers;
  }

  private static Answer answerOf(String name, Callable<Answer> request) {
    long start = System.nanoTime();
    try {
      Answer answer = request.call();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(name).isLessThan(SOON);
      return answer;
    } catch (Exception failure) {
      throw new IllegalStateException(name, failure);
    }
  }

  private static Answer record(Stipend stipend) {
    return stipend.api(
        "POST", "/api/usage", Usage.costing("recorded", stipend.clock.instant(), "1"));
  }

  private static Answer reserve(Stipend stipend, String user) {
    return stipend.api(
        "POST", "/api/reservations", "{\"userId\":\"" + user + "\",\"estimatedCost\":\"1\"}");
  }
}
