package dev.stipend.scenario.operations;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.DatabaseProxy;
import dev.stipend.support.http.Requests.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What enforcement answers while the database does not. User `closed` has a budget that refuses
/// what it cannot verify, user `open` one that does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DatabaseOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Holder holder = new Holder();
  private final String database = TestServers.newDatabase();
  private final DatabaseProxy proxy = new DatabaseProxy(TestServers.POSTGRES.getPort());
  private final Stipend stipend =
      new Stipend(
          proxy.url(database),
          Map.of(
              "stipend.database.socket-timeout",
              4,
              "datasources.default.connection-timeout",
              2000));

  @BeforeAll
  void createBudgets() {
    holder.budget(stipend, "user", "closed", "10", true);
    String open = holder.budget(stipend, "user", "open", "10", true);
    stipend.database.execute(
        "UPDATE stipend.budgets SET on_failure = 'open' WHERE id = '" + open + "'");
    answersAgain();
  }

  @AfterEach
  void recovers() {
    proxy.pass();
    answersAgain();
  }

  @AfterAll
  void stop() {
    stipend.close();
    proxy.close();
  }

  @Test
  void aStoppedDatabaseClosesAndOpensAsTheBudgetsSay() {
    proxy.stop();
    assertClosedAndOpen();
  }

  @Test
  void aSilentDatabaseClosesAndOpensAsTheBudgetsSay() {
    proxy.fallSilent();
    assertClosedAndOpen();
    proxy.cut();
  }

  @Test
  void aDatabaseThatTakesTooLongAnswersAndOpensNothing() throws SQLException {
    try (Connection blocker = stipend.database.connect();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE stipend.budget_periods IN ACCESS EXCLUSIVE MODE");
      assertBusy();
      blocker.rollback();
    }
  }

  @Test
  void aHoldThatWaitedTooLongIsNotMadeLater() throws SQLException {
    try (Connection blocker = stipend.database.connect();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE stipend.reservation_budgets IN SHARE MODE");
      assertThat(reserve("closed").status()).isEqualTo(503);
      blocker.rollback();
    }

    assertThat(reserve("closed").status()).isEqualTo(201);
    assertThat(stipend.database.rows("SELECT id FROM stipend.reservations")).hasSize(1);
    assertThat(stipend.database.value("SELECT sum(amount) FROM stipend.reservation_budgets"))
        .isEqualTo("1.000000000000");
  }

  @Test
  void aDatabaseWithoutFreeConnectionsAnswersAndOpensNothing() throws SQLException {
    List<Connection> all = new ArrayList<>();
    try {
      proxy.stop();
      fillUp(all);
      proxy.pass();
      await().untilAsserted(this::assertBusy);
    } finally {
      for (Connection each : all) {
        each.close();
      }
    }
  }

  @Test
  void aKeyThatWasNeverSeenIsNotLetIn() {
    proxy.stop();

    Answer answer =
        stipend.api("POST", "/api/reservations", work("open"), Map.of("x-api-key", "unknown"));

    assertThat(answer.status()).isEqualTo(503);
  }

  @Test
  void everythingElseAnswersThatTheDatabaseDoesNot() {
    proxy.stop();

    assertThat(stipend.api("GET", "/api/budgets", "").status()).isEqualTo(503);
    assertThat(stipend.api("POST", "/api/budgets", "{}").status()).isEqualTo(503);
  }

  @Test
  void healthSaysSoonThatTheDatabaseDoesNotAnswer() {
    assertThat(health().json().get("database")).isEqualTo(Map.of("status", "ok"));
    for (Runnable end : List.<Runnable>of(proxy::stop, proxy::fallSilent)) {
      proxy.pass();
      end.run();
      Answer health = health();
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.text("status")).isEqualTo("unhealthy");
      assertThat(health.json().get("database")).isEqualTo(Map.of("status", "error"));
    }
    proxy.cut();
  }

  private Answer health() {
    long start = System.nanoTime();
    Answer health = stipend.api("GET", "/api/health", "", Map.of());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    return health;
  }

  /// That others use it closes and opens nothing.
  private void assertBusy() {
    for (String user : List.of("closed", "open")) {
      for (String path : List.of("/api/reservations", "/api/budgets/validate")) {
        Answer answer = stipend.api("POST", path, work(user));
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.text("type")).endsWith("/busy");
        assertThat(answer.header("retry-after")).isEqualTo("2");
      }
    }
  }

  private void assertClosedAndOpen() {
    long start = System.nanoTime();
    Answer closed = reserve("closed");
    Answer closedToo = stipend.api("POST", "/api/budgets/validate", work("closed"));
    Answer open = reserve("open");
    Answer openToo = stipend.api("POST", "/api/budgets/validate", work("open"));
    Duration taken = Duration.ofNanos(System.nanoTime() - start);

    for (Answer answer : List.of(closed, closedToo)) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text("type")).endsWith("/unverified");
      assertThat(answer.header("retry-after")).isEqualTo("5");
    }
    for (Answer answer : List.of(open, openToo)) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("allowed")).isEqualTo(true);
      assertThat(answer.json().get("verified")).isEqualTo(false);
    }
    assertThat(taken).isLessThan(PATIENCE.multipliedBy(4));
  }

  private void answersAgain() {
    await()
        .atMost(PATIENCE)
        .until(() -> reserve("open").status() == 201 && reserve("closed").status() == 201);
    stipend.database.execute("TRUNCATE stipend.reservations, stipend.reservation_budgets");
    stipend.database.execute("UPDATE stipend.budget_periods SET held = 0");
  }

  private Answer reserve(String user) {
    return stipend.api("POST", "/api/reservations", work(user));
  }

  private static String work(String user) {
    return "{\"userId\":\"" + user + "\",\"estimatedCost\":\"1\"}";
  }

  /// Takes every connection that the server gives.
  private static void fillUp(List<Connection> all) throws SQLException {
    String url = TestServers.POSTGRES.getJdbcUrl("postgres", "postgres");
    try {
      while (true) {
        all.add(DriverManager.getConnection(url));
      }
    } catch (SQLException full) {
      if (!"53300".equals(full.getSQLState())) {
        throw full;
      }
    }
  }
}
