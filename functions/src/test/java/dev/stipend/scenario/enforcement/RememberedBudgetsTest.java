package dev.stipend.scenario.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a process remembers of budgets must never be what it decides by: here another process
/// changes them behind its back.
@ExtendWith(StipendExtension.class)
final class RememberedBudgetsTest {
  private final Holder holder = new Holder();
  private final List<Stipend> others = new ArrayList<>();

  private Stipend elsewhere(Stipend here) {
    Stipend other = here.another();
    others.add(other);
    return other;
  }

  @AfterEach
  void stop() {
    others.forEach(Stipend::close);
  }

  @Test
  void aLimitLoweredElsewhereHoldsAtOnce(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    assertReserves(stipend, 201, "2", "2");

    elsewhere(stipend).api("PATCH", "/api/budgets/" + id, "{\"limitAmount\":\"5\"}");

    assertThat(holder.validate(stipend, "\"estimatedCost\":\"2\"").json().get("allowed"))
        .isEqualTo(false);
    assertReserves(stipend, 402, "2");
    assertReserves(stipend, 201, "1");
  }

  @Test
  void aBudgetCreatedElsewhereCountsAtOnce(Stipend stipend) {
    assertReserves(stipend, 201, "2", "2");

    holder.budget(elsewhere(stipend), "agent", "a1", "1", true);

    assertReserves(stipend, 402, "2");
  }

  @Test
  void aBudgetArchivedElsewhereCountsNothingAtOnce(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    assertReserves(stipend, 201, "9", "1");
    assertReserves(stipend, 402, "1");

    elsewhere(stipend).api("DELETE", "/api/budgets/" + id, "");

    assertReserves(stipend, 201, "100");
  }

  @Test
  void aBudgetChangedBySqlHoldsAtOnce(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    assertReserves(stipend, 201, "2", "2");

    stipend.database.execute("UPDATE stipend.budgets SET limit_amount = 4");
    assertReserves(stipend, 402, "2");

    stipend.database.execute("UPDATE stipend.budgets SET status = 'archived'");
    assertReserves(stipend, 201, "2");
  }

  @Test
  void whatIsSpentAndHeldElsewhereCountsAtOnce(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    assertReserves(stipend, 201, "2");

    Stipend elsewhere = elsewhere(stipend);
    assertReserves(elsewhere, 201, "5");
    holder.spend(elsewhere, "2");

    assertReserves(stipend, 402, "2");
    assertReserves(stipend, 201, "1");
  }

  /// The estimate of tokens reads prices in a transaction of its own, and the statement that holds
  /// is refused after it.
  @Test
  void soItDoesForWorkThatTellsItsTokens(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    assertThat(holder.reserveWork(stipend, twoDollars()).status()).isEqualTo(201);

    assertReserves(elsewhere(stipend), 201, "7");

    Answer refused = holder.reserveWork(stipend, twoDollars());
    assertThat(refused.status()).as(refused.body()).isEqualTo(402);
    assertReserves(stipend, 201, "1");
  }

  private static String twoDollars() {
    return "\"provider\":\"openai\",\"model\":\"gpt-4o\",\"inputTokens\":0,\"maxOutputTokens\":200000";
  }

  @Test
  void anIncreaseEndsForThoseWhoRememberIt(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    stipend.api(
        "POST",
        "/api/budgets/" + id + "/increase",
        "{\"limitAmount\":\"20\",\"until\":\"%s\",\"reason\":\"launch\"}"
            .formatted(SettableClock.START.plus(Duration.ofHours(1))));
    assertReserves(stipend, 201, "10", "1");

    stipend.clock.tick(Duration.ofMinutes(4));
    assertReserves(stipend, 201, "1");
    stipend.clock.tick(Duration.ofMinutes(56));

    assertReserves(stipend, 402, "10.01");
    assertReserves(stipend, 201, "10");
  }

  @Test
  void anEndedPeriodIsNotReservedFrom(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    assertReserves(stipend, 201, "4", "4");

    stipend.clock.tick(Duration.ofDays(30));

    assertReserves(stipend, 201, "10");
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 0 held 10");
  }

  @Test
  void aTotalBudgetCountsFromItsStart(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"project","scope":"user","scopeId":"u1","limitAmount":"1","hardLimit":true,
         "period":"total","startsAt":"%s"}
        """
            .formatted(SettableClock.START.plus(Duration.ofHours(1))));
    assertReserves(stipend, 201, "2", "2");

    stipend.clock.tick(Duration.ofHours(1));

    assertReserves(stipend, 402, "2");
  }

  private void assertReserves(Stipend stipend, int status, String... estimates) {
    for (String estimate : estimates) {
      assertThat(holder.reserve(stipend, estimate).status()).as(estimate).isEqualTo(status);
    }
  }
}
