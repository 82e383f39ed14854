package dev.stipend.scenario.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a refusal promises: a client that comes again when it says is not refused for ever.
@ExtendWith(StipendExtension.class)
final class DenialsTest {
  private static final String TOTAL =
      """
      {"name":"Project","scope":"user","scopeId":"u1","limitAmount":"10","period":"total","hardLimit":true}
      """;

  private final Holder holder = new Holder();

  @Test
  void workThatCostsMoreThanTheWholeLimitNeverFits(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "1", true);
    holder.reserve(stipend, "0.5");

    Answer refused = holder.reserve(stipend, "5");

    assertNeverFits(refused);
    assertThat(refused.text("detail"))
        .contains("It can never fit, because it is more than the whole limit", "raise the limit");
    Answer asked = holder.validate(stipend, "\"estimatedCost\":\"5\"");
    assertThat(asked.text("fits")).isEqualTo("never");
    assertThat(asked.text("detail")).isEqualTo(refused.text("detail"));
    assertThat(holder.validate(stipend, "\"estimatedCost\":\"0.5\"").text("fits")).isEqualTo("now");
  }

  @Test
  void aLimitOfNothingAllowsNoSpend(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "0", true);
    holder.spend(stipend, "1.95");

    Answer refused = holder.reserve(stipend, "0.01");

    assertNeverFits(refused);
    assertThat(refused.text("detail"))
        .startsWith(
            "Budget \"user u1\" (u1) allows no spend: its limit is 0.00 USD, and 1.95 is spent."
                + " This may cost 0.01. It can never fit")
        .doesNotContain("leaves", "-");
    assertThat(budgets(refused).getFirst().get("headroom")).isEqualTo("0.00");
  }

  @Test
  void whatAPeriodWithoutEndHasSpentNeverComesBack(Stipend stipend) {
    stipend.api("POST", "/api/budgets", TOTAL);
    holder.spend(stipend, "8");

    Answer refused = holder.reserve(stipend, "3");

    assertNeverFits(refused);
    assertThat(refused.text("detail")).contains("because this budget never resets");
  }

  @Test
  void whatAPeriodWithoutEndHoldsDoesComeBack(Stipend stipend) {
    stipend.api("POST", "/api/budgets", TOTAL);
    holder.reserve(stipend, "8");

    Answer refused = holder.reserve(stipend, "3");

    assertThat(refused.text("fits")).isEqualTo("later");
    assertThat(refused.header("retry-after")).isEqualTo("300");
  }

  @Test
  void aHoldThatEndsDoesNotHelpAgainstWhatIsSpent(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    holder.spend(stipend, "8");
    holder.reserve(stipend, "1");

    Answer refused = holder.reserve(stipend, "3");

    assertThat(refused.text("fits")).isEqualTo("later");
    assertThat(budgets(refused).getFirst().get("mayFitAt")).isEqualTo("2026-07-01T00:00:00Z");
    assertThat(budgets(refused).getFirst().get("nextHoldExpiresAt")).isNotNull();
    assertThat(refused.header("retry-after")).isEqualTo("1339200");
    assertThat(refused.text("detail")).contains("Headroom frees up at 2026-07-01T00:00:00Z");
  }

  @Test
  void ofSeveralBudgetsTheOneThatFreesLastCounts(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    holder.reserve(stipend, "9");
    holder.budget(stipend, "agent", "a1", "3", true);
    holder.spend(stipend, "2");

    Answer later = holder.reserve(stipend, "2");
    Answer never = holder.reserve(stipend, "4");

    assertThat(later.header("retry-after")).isEqualTo("1339200");
    assertNeverFits(never);
    assertThat(never.text("budgetName")).isEqualTo("agent a1");
    assertThat(budgets(never))
        .extracting(budget -> budget.get("budgetName") + " " + budget.get("fits"))
        .containsExactlyInAnyOrder("user u1 later", "agent a1 never");
  }

  private static void assertNeverFits(Answer refused) {
    assertThat(refused.status()).as(refused.body()).isEqualTo(402);
    assertThat(refused.text("fits")).isEqualTo("never");
    assertThat(refused.header("retry-after")).isNull();
    assertThat(refused.text("detail")).doesNotContain("frees up at");
  }

  private static List<Map<?, ?>> budgets(Answer refused) {
    return ((List<?>) Objects.requireNonNull(refused.json().get("budgets")))
        .stream().<Map<?, ?>>map(budget -> (Map<?, ?>) budget).toList();
  }
}
