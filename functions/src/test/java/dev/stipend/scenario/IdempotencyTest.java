package dev.stipend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.Requests.Answer;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

  @Test
  void emptyKeyIsRefusedByName(Stipend stipend) {
    Answer answer = create(stipend, "", BUDGET);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key");
  }

  private Answer create(Stipend stipend, String key, String body) {
    return stipend.api(
        "POST",
        "/api/budgets",
        body,
        Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", key));
  }
}
