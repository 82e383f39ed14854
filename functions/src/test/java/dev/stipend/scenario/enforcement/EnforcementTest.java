package dev.stipend.scenario.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hard limits as the clients of the API meet them.
@ExtendWith(StipendExtension.class)
final class EnforcementTest {
  private final Holder holder = new Holder();

  @Test
  void reserveHoldsTheEstimateOnEveryBudgetThatCountsTheWork(Stipend stipend) {
    String user = holder.budget(stipend, "user", "u1", "10", true);
    String agents = holder.budget(stipend, "agent", "*", "5", true);

    Answer reserved = holder.reserve(stipend, "3");

    assertThat(reserved.status()).isEqualTo(201);
    assertThat(reserved.header("location")).isEqualTo("/api/reservations/" + reserved.text("id"));
    assertThat(reserved.text("amount")).isEqualTo("3.00");
    assertThat(holder.standing(stipend, user, "u1")).isEqualTo("spend 0 held 3");
    assertThat(holder.standing(stipend, agents, "a1")).isEqualTo("spend 0 held 3");
  }

  @Test
  void reserveTakesFromAllBudgetsOrFromNone(Stipend stipend) {
    String user = holder.budget(stipend, "user", "u1", "10", true);
    holder.budget(stipend, "agent", "*", "5", true);

    Answer refused = holder.reserve(stipend, "6");

    assertThat(refused.status()).isEqualTo(402);
    assertThat(holder.standing(stipend, user, "u1")).isEqualTo("spend 0 held 0");
    assertThat(stipend.database.rows("SELECT id FROM stipend.reservations")).isEmpty();
  }

  @Test
  void aDenialTellsTheFiveFieldsAndWhenItFreesAndWhomToAsk(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    holder.spend(stipend, "4");
    holder.reserve(stipend, "5");

    Answer refused = holder.reserve(stipend, "2");

    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.header("content-type")).startsWith("application/problem+json");
    assertThat(refused.text("type")).endsWith("/budget-exceeded");
    assertThat(refused.text("budgetId")).isEqualTo(id);
    assertThat(refused.text("budgetName")).isEqualTo("user u1");
    assertThat(refused.text("limitAmount")).isEqualTo("10.00");
    assertThat(refused.text("currentSpend")).isEqualTo("4.00");
    assertThat(refused.text("estimatedCost")).isEqualTo("2.00");
    assertThat(refused.text("detail"))
        .contains("4.00 is spent and 5.00 held", "leaves 1.00", "may cost 2.00");
    List<?> budgets = (List<?>) Objects.requireNonNull(refused.json().get("budgets"));
    Map<?, ?> budget = (Map<?, ?>) budgets.getFirst();
    assertThat(budget.get("denies")).isEqualTo(true);
    assertThat(budget.get("headroom")).isEqualTo("1.00");
    assertThat(budget.get("resetsAt")).isEqualTo("2026-07-01T00:00:00Z");
    assertThat(budget.get("nextHoldExpiresAt"))
        .isEqualTo(SettableClock.START.plusSeconds(300).toString());
    assertThat(String.valueOf(budget.get("channels"))).contains("slack");
    assertThat(refused.header("retry-after")).isEqualTo("300");
  }

  @Test
  void everyDenialIsCountedInTheAuditLogUnderItsDecisionIdOnceAMinute(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "1", true);

    Answer refused = holder.reserve(stipend, "2");
    for (int again = 0; again < 20; again++) {
      assertThat(holder.validate(stipend, "\"estimatedCost\":\"2\"").text("decisionId"))
          .isEqualTo(refused.text("decisionId"));
    }
    stipend.clock.tick(Duration.ofMinutes(1));
    Answer later = holder.reserve(stipend, "2");

    assertThat(
            stipend.database.rows(
                "SELECT id, after ->> 'count' FROM stipend.audit_logs WHERE action ="
                    + " 'work.refused'"))
        .containsExactlyInAnyOrder(
            refused.text("decisionId") + "|21", later.text("decisionId") + "|1");
    assertThat(stipend.api("GET", "/api/audit?action=work.refused", "").body())
        .contains("\"count\":21", "\"lastAt\":\"" + SettableClock.START);
  }

  @Test
  void denialsAtTheSameTimeAreAllCounted(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "1", true);

    Race.run(
        Collections.nCopies(
            8,
            () -> {
              for (int i = 0; i < 10; i++) {
                assertThat(holder.reserve(stipend, "2").status()).isEqualTo(402);
              }
              return null;
            }));

    assertThat(
            stipend.database.rows(
                "SELECT after ->> 'count' FROM stipend.audit_logs WHERE action = 'work.refused'"))
        .containsExactly("80");
  }

  @Test
  void validateAnswersEveryBudgetAndHoldsNothing(Stipend stipend) {
    String hard = holder.budget(stipend, "user", "u1", "10", true);
    String soft = holder.budget(stipend, "workspace", "default", "1", false);

    Answer allowed = holder.validate(stipend, "\"estimatedCost\":\"5\"");
    Answer denied = holder.validate(stipend, "\"estimatedCost\":\"10.000000000001\"");

    assertThat(allowed.json().get("allowed")).isEqualTo(true);
    assertThat(allowed.body()).contains(hard, soft);
    assertThat(denied.status()).isEqualTo(200);
    assertThat(denied.json().get("allowed")).isEqualTo(false);
    assertThat(denied.text("budgetId")).isEqualTo(hard);
    assertThat(denied.text("budgetName")).isEqualTo("user u1");
    assertThat(denied.text("limitAmount")).isEqualTo("10.00");
    assertThat(denied.text("currentSpend")).isEqualTo("0.00");
    assertThat(denied.text("estimatedCost")).isEqualTo("10.000000000001");
    assertThat(holder.standing(stipend, hard, "u1")).isEqualTo("spend 0 held 0");
  }

  @Test
  void aSoftLimitNeverDenies(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "1", false);

    assertThat(holder.reserve(stipend, "5").status()).isEqualTo(201);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 0 held 5");
  }

  @Test
  void aPausedBudgetDoesNotDeny(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "1", true);
    stipend.database.execute("UPDATE stipend.budgets SET status = 'paused'");

    assertThat(holder.reserve(stipend, "5").status()).isEqualTo(201);
  }

  @ParameterizedTest(name = "limit {0}, estimate {1}: {2}")
  @CsvSource({"10, 10, 201", "10, 10.000000000001, 402", "0, 0, 201", "0, 0.01, 402", "10, 0, 201"})
  void anEstimateOfExactlyTheHeadroomIsAdmitted(
      String limit, String estimate, int status, Stipend stipend) {
    holder.budget(stipend, "user", "u1", limit, true);

    assertThat(holder.reserve(stipend, estimate).status()).isEqualTo(status);
  }

  @Test
  void aBudgetThatIsLoweredMeanwhileAdmitsNoMoreUntilThereIsHeadroom(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "6");
    stipend.database.execute("UPDATE stipend.budgets SET limit_amount = 5");

    assertThat(holder.reserve(stipend, "0.01").status()).isEqualTo(402);
    holder.settle(stipend, reserved, "{\"cost\":\"3\"}");

    assertThat(holder.reserve(stipend, "2").status()).isEqualTo(201);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 3 held 2");
  }

  @Test
  void tokensAreEstimatedByThePriceBookWithAllOutputAtItsPrice(Stipend stipend) {
    holder.price(stipend);
    holder.budget(stipend, "user", "u1", "10", true);

    Answer reserved =
        holder.reserveWork(
            stipend,
            "\"model\":\"m-1\",\"provider\":\"acme\",\"inputTokens\":1000,\"maxOutputTokens\":500");

    assertThat(reserved.text("amount")).isEqualTo("0.007");
  }

  @Test
  void workWithoutAPriceIsRefusedByName(Stipend stipend) {
    Answer refused =
        holder.reserveWork(
            stipend, "\"model\":\"nobody-knows\",\"inputTokens\":1,\"maxOutputTokens\":1");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"model\"", "estimatedCost", "/api/prices");
  }

  @Test
  void fewerOutputTokensAreGrantedInsteadOfADenialWhereTheyWouldDo(Stipend stipend) {
    holder.price(stipend);
    String id = holder.budget(stipend, "user", "u1", "0.005", true);
    String work =
        "\"model\":\"m-1\",\"provider\":\"acme\",\"inputTokens\":1000,\"maxOutputTokens\":500";

    Answer denied = holder.reserveWork(stipend, work);
    Answer tooMany = holder.reserveWork(stipend, work + ",\"minOutputTokens\":400");
    Answer granted = holder.reserveWork(stipend, work + ",\"minOutputTokens\":100");

    assertThat(denied.status()).isEqualTo(402);
    assertThat(tooMany.status()).isEqualTo(402);
    assertThat(granted.status()).isEqualTo(201);
    assertThat(granted.text("maxOutputTokens")).isEqualTo("300");
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 0 held 0.005");
  }

  @Test
  void aRepeatedReserveIsAnsweredTheSameAndHoldsOnce(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Map<String, String> headers = Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", "k-1");
    String body = "{\"userId\":\"u1\",\"estimatedCost\":\"4\"}";

    Answer first = stipend.api("POST", "/api/reservations", body, headers);
    Answer again = stipend.api("POST", "/api/reservations", body, headers);
    Answer other = stipend.api("POST", "/api/reservations", body.replace("4", "5"), headers);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(other.status()).isEqualTo(409);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 0 held 4");
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | estimatedCost",
        "{\"estimatedCost\":-1} | estimatedCost",
        "{\"estimatedCost\":\"NaN\"} | estimatedCost",
        "{\"estimatedCost\":1,\"ttlSeconds\":0} | ttlSeconds",
        "{\"estimatedCost\":1,\"ttlSeconds\":86401} | ttlSeconds",
        "{\"estimatedCost\":1,\"user\":\"u1\"} | user",
        "{\"inputTokens\":1,\"maxOutputTokens\":1} | model",
        "{\"model\":\"m\",\"inputTokens\":1} | maxOutputTokens",
        "{\"estimatedCost\":1,\"tags\":{\"a=b\":\"c\"}} | tags",
        "[] | JSON object",
      })
  void wrongRequestsAreRefusedByField(String body, String field, Stipend stipend) {
    Answer refused = stipend.api("POST", "/api/reservations", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains(field);
  }

  @Test
  void theListOfReservationsPagesNewestFirst(Stipend stipend) {
    String first = holder.reserve(stipend, "1").text("id");
    stipend.clock.tick(Duration.ofSeconds(1));
    Answer second = holder.reserve(stipend, "2");
    holder.end(stipend, second, "release", "");

    Answer page = stipend.api("GET", "/api/reservations?limit=1", "");
    Answer rest =
        stipend.api("GET", "/api/reservations?limit=1&cursor=" + page.text("nextCursor"), "");

    assertThat(page.items()).hasSize(1);
    assertThat(page.body()).contains(second.text("id"));
    assertThat(rest.body()).contains(first).doesNotContain("nextCursor");
    assertThat(stipend.api("GET", "/api/reservations?state=held", "").items()).hasSize(1);
    assertThat(stipend.api("GET", "/api/reservations/" + first, "").text("state"))
        .isEqualTo("held");
  }

  @Test
  void theLedgersSumIsTheSpendAfterReservationsToo(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "100", true);
    BigDecimal total = BigDecimal.ZERO;
    for (int i = 1; i <= 5; i++) {
      holder.settle(stipend, holder.reserve(stipend, "3"), "{\"cost\":\"0." + i + "\"}");
      total = total.add(new BigDecimal("0." + i));
    }

    assertThat(holder.ledger(stipend)).isEqualByComparingTo(total);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 1.5 held 0");
    stipend.maintain("rebuild");
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 1.5 held 0");
  }
}
