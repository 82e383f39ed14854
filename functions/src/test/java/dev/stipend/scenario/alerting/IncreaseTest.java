package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Limits that are raised for a time.
@ExtendWith(StipendExtension.class)
class IncreaseTest {
  private static final Instant START = SettableClock.START;
  private static final Instant TOMORROW = START.plus(Duration.ofDays(1));
  private static final String ALERTS =
      "SELECT threshold, state FROM stipend.alert_logs ORDER BY raised_at, threshold, id";

  @Test
  void increaseIsTheLimitInForceAndTheBaseLimitStays(Stipend stipend) {
    String path = create(stipend, "100");

    Answer raised = increase(stipend, path, "\"amount\":\"50\"", TOMORROW);

    assertThat(raised.status()).isEqualTo(200);
    assertThat(raised.header("etag")).isEqualTo("\"2\"");
    assertThat(stipend.api("GET", path, "").body()).isEqualTo(raised.body());
    assertThat(raised.text("limitAmount")).isEqualTo("100.00");
    assertThat(raised.text("limitInForce")).isEqualTo("150.00");
    assertThat(raised.text("increase"))
        .isEqualTo("{limitAmount=150.00, until=2026-06-16T12:00:00Z}");
    assertThat(stipend.api("GET", path + "/usage", "").text("limitAmount")).isEqualTo("150.00");
  }

  @Test
  void increaseResolvesWhatIsNoLongerSoAndLinesAreThoseOfTheHigherLimit(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "85"));

    increase(stipend, path, "\"limitAmount\":\"200\"", TOMORROW);

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|resolved");
    assertThat(stipend.database.value("SELECT limit_amount FROM stipend.budget_periods"))
        .isEqualTo("200.000000000000");
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(Usage.costing("e2", START, "30"));
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|resolved");
    stipend.record(Usage.costing("e3", START, "45"));
    assertThat(
            stipend.database.value(
                "SELECT threshold, limit_amount, payload -> 'spend' ->> 'limit' FROM"
                    + " stipend.alert_logs WHERE state = 'open'"))
        .isEqualTo("80.000|200.000000000000|200.00");
  }

  @Test
  void increaseEndsByItselfWithNoJobHavingRun(Stipend stipend) {
    String path = create(stipend, "100");
    increase(stipend, path, "\"limitAmount\":\"200\"", TOMORROW);
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.clock.set(TOMORROW.minusNanos(1000));
    assertThat(stipend.api("GET", path, "").text("limitInForce")).isEqualTo("200.00");

    stipend.clock.set(TOMORROW);

    Answer read = stipend.api("GET", path, "");
    assertThat(read.text("limitInForce")).isEqualTo("100.00");
    assertThat(read.text("increase")).isEqualTo("null");
    assertThat(stipend.api("GET", path + "/usage", "").text("limitAmount")).isEqualTo("100.00");
    stipend.record(Usage.costing("e2", START, "15"));
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open", "100.000|open");
    assertThat(stipend.database.value("SELECT DISTINCT limit_amount FROM stipend.alert_logs"))
        .isEqualTo("100.000000000000");
  }

  @Test
  void sweepClearsAnIncreaseThatHasEndedAndAlertsWhereSpendStoodStill(Stipend stipend) {
    String path = create(stipend, "100");
    increase(stipend, path, "\"limitAmount\":\"200\"", TOMORROW);
    stipend.record(Usage.costing("e1", START, "120"));
    stipend.clock.set(TOMORROW.minusNanos(1000));
    stipend.sweep();
    assertThat(stipend.database.rows(ALERTS)).isEmpty();

    stipend.clock.set(TOMORROW);
    stipend.sweep();
    stipend.sweep();

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open", "100.000|open");
    assertThat(stipend.database.value("SELECT limit_amount, dirty FROM stipend.budget_periods"))
        .isEqualTo("100.000000000000|f");
    Answer versions = stipend.api("GET", path + "/versions", "");
    assertThat(versions.items()).hasSize(3);
    assertThat(versions.items().getFirst().toString())
        .contains("version=3")
        .contains("actor=stipend")
        .contains("changed=[increase]");
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.audit_logs WHERE actor = 'stipend' AND action ="
                    + " 'budget.increase-ended'"))
        .isEqualTo("1");
    assertThat(stipend.database.value("SELECT increased_until FROM stipend.budgets"))
        .isEqualTo("null");
  }

  @Test
  void secondIncreaseReplacesTheFirst(Stipend stipend) {
    String path = create(stipend, "100");
    increase(stipend, path, "\"amount\":\"50\"", TOMORROW);

    Answer second = increase(stipend, path, "\"amount\":\"20\"", TOMORROW.plusSeconds(60));

    assertThat(second.text("increase"))
        .isEqualTo("{limitAmount=120.00, until=2026-06-16T12:01:00Z}");
    assertThat(second.text("limitInForce")).isEqualTo("120.00");
  }

  @Test
  void limitThatIsSetAboveAnIncreaseIsInForce(Stipend stipend) {
    String path = create(stipend, "100");
    increase(stipend, path, "\"amount\":\"50\"", TOMORROW);

    Answer patched = stipend.api("PATCH", path, "{\"limitAmount\":\"500\"}");

    assertThat(patched.text("limitInForce")).isEqualTo("500.00");
  }

  @Test
  void auditLogTellsTheIncreaseAndItsReason(Stipend stipend) {
    String path = create(stipend, "100");

    increase(stipend, path, "\"amount\":\"50\"", TOMORROW);

    assertThat(
            stipend.database.value(
                """
                SELECT actor LIKE 'key %', target = 'budget ' || (SELECT id FROM stipend.budgets),
                  before -> 'increase', after -> 'increase' ->> 'limitAmount', after ->> 'reason'
                FROM stipend.audit_logs
                WHERE action = 'budget.increase'
                """))
        .isEqualTo("t|t|null|150.00|launch week");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "amount":"0"                      | 2026-06-16T12:00:00Z | amount
          "amount":-5                       | 2026-06-16T12:00:00Z | amount
          "amount":999999999999             | 2026-06-16T12:00:00Z | amount
          "limitAmount":"100"               | 2026-06-16T12:00:00Z | limitAmount
          "limitAmount":"99"                | 2026-06-16T12:00:00Z | limitAmount
          "amount":1,"limitAmount":200      | 2026-06-16T12:00:00Z | amount
          "note":"x"                        | 2026-06-16T12:00:00Z | amount
          "amount":1,"note":"x"             | 2026-06-16T12:00:00Z | note
          "amount":1                        | 2026-06-15T12:00:00Z | until
          "amount":1                        | 2027-06-17T12:00:00Z | until
          "amount":1                        | tomorrow             | until
          """)
  void wrongIncreaseIsRefusedByItsField(
      String amount, String until, String field, Stipend stipend) {
    String path = create(stipend, "100");
    String body = "{%s,\"until\":\"%s\",\"reason\":\"r\"}".formatted(amount, until);

    Answer refused = stipend.api("POST", path + "/increase", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("errors")).contains("field=" + field + ",");
    assertThat(stipend.api("GET", path, "").header("etag")).isEqualTo("\"1\"");
  }

  @Test
  void increaseNeedsAReasonAndALivingBudget(Stipend stipend) {
    String path = create(stipend, "100");
    Answer without =
        stipend.api(
            "POST", path + "/increase", "{\"amount\":1,\"until\":\"%s\"}".formatted(TOMORROW));
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.text("errors")).contains("field=reason,");

    stipend.api("DELETE", path, "");

    assertThat(increase(stipend, path, "\"amount\":1", TOMORROW).status()).isEqualTo(409);
  }

  @Test
  void repeatedIncreaseIsDoneOnce(Stipend stipend) {
    String path = create(stipend, "100");
    Map<String, String> headers =
        Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", "raise-1");
    String body = "{\"amount\":1,\"until\":\"%s\",\"reason\":\"r\"}".formatted(TOMORROW);

    Answer first = stipend.api("POST", path + "/increase", body, headers);
    Answer again = stipend.api("POST", path + "/increase", body, headers);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(2);
  }

  /// The period ends with June; no sweep runs before the second of July.
  @ParameterizedTest
  @CsvSource({
    "2026-07-01T12:00:00Z, 150",
    "2026-07-01T00:00:00Z, 150",
    "2026-06-30T23:59:59Z, 100",
  })
  void closedPeriodKeepsTheLimitThatWasInForceJustBeforeItsEnd(
      Instant until, String limit, Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "10"));
    increase(stipend, path, "\"amount\":50", until);
    stipend.clock.set(Instant.parse("2026-07-02T00:00:00Z"));

    stipend.sweep();

    assertThat(
            stipend.database.rows(
                "SELECT CAST(limit_amount AS integer), closed_at IS NOT NULL FROM"
                    + " stipend.budget_periods ORDER BY period_start"))
        .containsExactly(limit + "|t", "100|f");
    assertThat(stipend.api("GET", path + "/history", "").items().getFirst().toString())
        .contains("limitAmount=" + limit + ".00");
  }

  @Test
  void archivingDropsTheIncrease(Stipend stipend) {
    String path = create(stipend, "100");
    increase(stipend, path, "\"amount\":50", TOMORROW);

    stipend.api("DELETE", path, "");
    stipend.clock.set(TOMORROW);
    stipend.sweep();

    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(3);
    assertThat(stipend.api("GET", path, "").text("increase")).isEqualTo("null");
  }

  private static String create(Stipend stipend, String limit) {
    return "/api/budgets/"
        + stipend.api("POST", "/api/budgets", Usage.monthlyBudget(limit)).text("id");
  }

  private static Answer increase(Stipend stipend, String path, String amount, Instant until) {
    return stipend.api(
        "POST",
        path + "/increase",
        "{%s,\"until\":\"%s\",\"reason\":\"launch week\"}".formatted(amount, until));
  }
}
