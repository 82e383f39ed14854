package dev.stipend.scenario.api;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Requests that carry an idempotency key.
@ExtendWith(StipendExtension.class)
final class IdempotencyTest {
  private static final String BUDGET =
      """
      {"name":"Monthly","limitAmount":"100","period":"monthly","scope":"user","scopeId":"u1"}
      """;

  private static final String CHANNEL =
      """
      {"name":"Ops","kind":"slack_webhook","isDefault":true}
      """;

  private static final String IMPORT = "/api/prices/import";

  private static final String PRICE =
      """
      {"provider":"acme","model":"m-1","perMillion":{"input":"2","output":"10"}}
      """;

  private static final String PRICES = "{\"prices\":[" + PRICE.strip() + "]}";

  @Test
  void repeatedRequestIsAnsweredTheSameAndDoneOnce(Stipend stipend) {
    Answer first = create(stipend, "k-1", BUDGET);
    stipend.clock.tick(Duration.ofMinutes(5));
    Answer again = create(stipend, "k-1", BUDGET);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("location")).isEqualTo(first.header("location"));
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(stipend.api("GET", "/api/budgets", "").items()).hasSize(1);
  }

  @Test
  void sameKeyWithAnotherBodyIsAConflict(Stipend stipend) {
    create(stipend, "k-1", BUDGET);

    Answer other = create(stipend, "k-1", BUDGET.replace("100", "200"));

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("type")).endsWith("key-reused");
    assertThat(stipend.api("GET", "/api/budgets", "").items()).hasSize(1);
  }

  @Test
  void refusedRequestDoesNotUseUpItsKey(Stipend stipend) {
    assertThat(create(stipend, "k-1", BUDGET.replace("100", "-1")).status()).isEqualTo(400);

    assertThat(create(stipend, "k-1", BUDGET).status()).isEqualTo(201);
  }

  @Test
  void requestsWithOneKeyAtTheSameTimeAreDoneOnce(Stipend stipend) {
    List<Callable<Answer>> clients =
        IntStream.range(0, 8)
            .mapToObj(n -> (Callable<Answer>) () -> create(stipend, "k-1", BUDGET))
            .toList();

    Race.run(clients);

    assertThat(stipend.api("GET", "/api/budgets", "").items()).hasSize(1);
    assertThat(create(stipend, "k-1", BUDGET).status()).isEqualTo(201);
  }

  @Test
  void keyIsForgottenAfterADay(Stipend stipend) {
    create(stipend, "k-1", BUDGET);
    stipend.clock.tick(Duration.ofDays(1).plusSeconds(1));

    assertThat(create(stipend, "k-1", BUDGET.replace("100", "200")).status()).isEqualTo(201);
  }

  /// The second request has found that the key is taken, and not yet read by whom, when maintenance
  /// forgets it.
  @Test
  void keyThatIsForgottenWhileItsAnswerIsLookedUpIsFreeAgain(Stipend stipend) throws SQLException {
    create(stipend, "k-1", BUDGET);
    stipend.database.execute(
        """
        CREATE FUNCTION stipend.wait_a_little() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END'
        """);
    stipend.database.execute(
        """
        CREATE TRIGGER claimed AFTER INSERT ON stipend.idempotency_keys
        FOR EACH STATEMENT EXECUTE FUNCTION stipend.wait_a_little()
        """);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = stipend.database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(1)");
      Future<Answer> again = threads.submit(() -> create(stipend, "k-1", BUDGET));
      await()
          .until(
              () ->
                  !stipend
                      .database
                      .rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                      .isEmpty());
      assertThat(
              stipend.database.value(
                  "WITH gone AS (DELETE FROM stipend.idempotency_keys RETURNING 1) SELECT count(*)"
                      + " FROM gone"))
          .isEqualTo("1");
      other.rollback();

      assertThat(again.get().status()).isEqualTo(201);
      assertThat(again.get().header("idempotency-replayed")).isNull();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    } finally {
      stipend.database.execute("DROP FUNCTION stipend.wait_a_little CASCADE");
    }
  }

  @Test
  void emptyKeyIsRefusedByName(Stipend stipend) {
    Answer answer = create(stipend, "", BUDGET);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key");
  }

  @Test
  void keyOfAnotherMethodOrPathIsAConflict(Stipend stipend) {
    String budget = "/api/budgets/" + create(stipend, "k-1", BUDGET).text("id");
    Answer patched = send(stipend, "PATCH", budget, "k-2", "{\"name\":\"Other\"}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(send(stipend, "DELETE", budget, "k-2", "{\"name\":\"Other\"}").status())
        .isEqualTo(409);
    assertThat(send(stipend, "POST", "/api/channels", "k-1", CHANNEL).status()).isEqualTo(409);
    assertThat(stipend.api("GET", budget, "").text("status")).isEqualTo("active");
  }

  @Test
  void importOfPricesIsAnsweredTheSameAndDoneOnce(Stipend stipend) {
    Answer first = send(stipend, "POST", IMPORT, "k-1", PRICES);
    stipend.clock.tick(Duration.ofMinutes(5));
    Answer again = send(stipend, "POST", IMPORT, "k-1", PRICES);

    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.text("imported")).isEqualTo("1");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    for (String other : List.of(PRICES.replace("\"2\"", "\"3\""), PRICES + " ")) {
      assertThat(send(stipend, "POST", IMPORT, "k-1", other).status()).isEqualTo(409);
    }
    String from = IMPORT + "?effectiveFrom=2026-01-01T00:00:00Z";
    assertThat(send(stipend, "POST", from, "k-1", PRICES).status()).isEqualTo(409);
    assertThat(stipend.api("GET", "/api/prices?book=workspace", "").items()).hasSize(1);
  }

  @Test
  void priceThatIsSetWithAKeyIsSetOnce(Stipend stipend) {
    Answer first = send(stipend, "POST", "/api/prices", "k-1", PRICE);
    Answer again = send(stipend, "POST", "/api/prices", "k-1", PRICE);
    Answer other = send(stipend, "POST", "/api/prices", "k-1", PRICE.replace("\"2\"", "\"3\""));

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("type")).endsWith("key-reused");
  }

  @Test
  void priceThatIsSetWithAKeyPricesWhatWaitedForIt(Stipend stipend) {
    stipend.record(
        """
        {"eventId":"e1","occurredAt":"%s","userId":"u1","provider":"acme","model":"m-1",
         "inputTokens":1000000}
        """
            .formatted(stipend.clock.instant()));

    Answer set =
        send(
            stipend,
            "POST",
            "/api/prices",
            "k-1",
            PRICE.replaceFirst("[{]", "{\"effectiveFrom\":\"2026-01-01T00:00:00Z\","));

    assertThat(set.status()).as(set.body()).isEqualTo(201);
    assertThat(stipend.api("GET", "/api/usage/unpriced", "").body()).doesNotContain("m-1");
    assertThat(stipend.database.value("SELECT trim_scale(sum(cost)) FROM stipend.usage_logs"))
        .isEqualTo("2");
  }

  private Answer create(Stipend stipend, String key, String body) {
    return send(stipend, "POST", "/api/budgets", key, body);
  }

  private Answer send(Stipend stipend, String method, String path, String key, String body) {
    return stipend.api(
        method, path, body, Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", key));
  }
}
