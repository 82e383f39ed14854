package dev.stipend.concurrency;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Budgets that are edited while a reservation waits for their counter.
@ExtendWith(StipendExtension.class)
final class LimitInForceTest {
  private static final String WAITING =
      "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname ="
          + " current_database()";

  @ParameterizedTest(name = "with a key {0}")
  @ValueSource(booleans = {false, true})
  void aReservationThatWaitedForACounterIsJudgedByTheLimitThatIsInForceThen(
      boolean key, Stipend stipend) throws SQLException {
    String budget = create(stipend, "10", true);
    reserve(stipend, "a", "1", false);
    reserve(stipend, "z", "1", false);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = stipend.database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM stipend.budget_periods WHERE subject = 'z' FOR UPDATE");
      // The edit has locked the counter of a, and waits for that of z.
      CompletableFuture<Answer> edited =
          CompletableFuture.supplyAsync(
              () -> edit(stipend, budget, "{\"limitAmount\":3}"), threads);
      await().until(() -> stipend.database.rows(WAITING).size() == 1);
      CompletableFuture<Answer> reserved =
          CompletableFuture.supplyAsync(() -> reserve(stipend, "a", "5", key), threads);
      await().until(() -> stipend.database.rows(WAITING).size() == 2);
      other.rollback();

      assertThat(edited.join().status()).isEqualTo(200);
      assertThat(reserved.join().status()).as(reserved.join().body()).isEqualTo(402);
      assertThat(reserved.join().text("limitAmount")).isEqualTo("3.00");
    }
    assertThat(stipend.database.rows("SELECT subject, held FROM stipend.budget_periods ORDER BY 1"))
        .containsExactly("a|1.000000000000", "z|1.000000000000");
  }

  @Test
  void aReservationThatWaitedWhileTheLimitBecameHardIsRefused(Stipend stipend) throws SQLException {
    String budget = create(stipend, "3", false);
    reserve(stipend, "a", "1", false);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = stipend.database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM stipend.budget_periods WHERE subject = 'a' FOR UPDATE");
      CompletableFuture<Answer> reserved =
          CompletableFuture.supplyAsync(() -> reserve(stipend, "a", "5", false), threads);
      await().until(() -> stipend.database.rows(WAITING).size() == 1);
      assertThat(edit(stipend, budget, "{\"hardLimit\":true}").status()).isEqualTo(200);
      other.rollback();

      assertThat(reserved.join().status()).as(reserved.join().body()).isEqualTo(402);
    }
    assertThat(stipend.database.value("SELECT held FROM stipend.budget_periods"))
        .isEqualTo("1.000000000000");
  }

  private static String create(Stipend stipend, String limit, boolean hard) {
    return stipend
        .api(
            "POST",
            "/api/budgets",
            """
            {"name":"Each","scope":"user","scopeId":"*","period":"monthly","limitAmount":%s,"hardLimit":%s}
            """
                .formatted(limit, hard))
        .text("id");
  }

  private static Answer edit(Stipend stipend, String budget, String edit) {
    return stipend.api("PATCH", "/api/budgets/" + budget, edit);
  }

  private static Answer reserve(Stipend stipend, String user, String cost, boolean key) {
    Map<String, String> headers =
        key
            ? Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", "k-" + cost)
            : Map.of("x-api-key", Stipend.ADMIN_KEY);
    return stipend.api(
        "POST",
        "/api/reservations",
        "{\"userId\":\"%s\",\"estimatedCost\":\"%s\"}".formatted(user, cost),
        headers);
  }
}
